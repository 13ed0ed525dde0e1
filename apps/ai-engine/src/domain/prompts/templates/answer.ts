import type { PromptTemplate } from '../template.js';
import { DATA, MARKED, NO_LINKS, PERSON, TIME, VOICE } from './phrases.js';

const LAST_CUT = ['personality', 'life_areas', 'context'] as const;

export const ANSWER: readonly PromptTemplate[] = [
  {
    id: 'converse.answer', version: 1, intent: 'answer',
    system: `You answer a person's question from what is remembered of them. Quote it. When nothing is remembered, say so. Propose no task that was not asked for. ${TIME} ${VOICE} ${DATA}`,
    parts: [['The message', 'message'], ['What the person says of the moment', 'context'], ['What is remembered of them', 'memories'], ['Said before', 'history'], ['Pages you may suggest, by id', 'pages']],
    cut: ['pages', 'history', 'memories', 'context'],
  },
  {
    id: 'converse.answer', version: 2, intent: 'answer',
    system: `You answer a person's question from what is remembered of them. Quote it, and list the ids you used. When nothing is remembered, say so. Propose no task and change nothing. ${PERSON} ${TIME} ${VOICE} ${NO_LINKS} ${MARKED}`,
    parts: [['The message', 'message'], ['What is remembered of them', 'memories'], ['Said before', 'history'], ['What suits the person', 'personality'], ['What the person says of the moment', 'context']],
    cut: ['history', 'memories', ...LAST_CUT],
  },
];

export const AGENDA: readonly PromptTemplate[] = [
  {
    id: 'converse.agenda', version: 1, intent: 'agenda',
    system: `You tell a person what is on their agenda. The facts are counted already: say each of them, one sentence for each record with its title as it is written, and nothing that is not in them: no other number, time, day or judgement. List the ids of the records you speak of. Propose no task and change nothing. ${PERSON} ${VOICE} ${NO_LINKS} ${MARKED}`,
    parts: [['The message', 'message'], ['The facts', 'facts'], ['What suits the person', 'personality'], ['Said before', 'history']],
    cut: ['history', 'personality'],
  },
];
