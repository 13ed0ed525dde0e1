import type { PromptTemplate } from '../template.js';
import { CHANGES, DATA, MARKED, NO_LINKS, PERSON, TIME, VOICE } from './phrases.js';

export const PLAN: readonly PromptTemplate[] = [
  {
    id: 'converse.plan', version: 1, intent: 'plan',
    system: `You plan a person's life with them, in seven areas. Propose few tasks, small enough to be kept. For an aim, propose a goal with a vision, a metric that holds a number, a milestone, and a first step of at most 15 minutes. Respect what is remembered of the person and list the ids you used. ${TIME} ${VOICE} ${DATA}`,
    parts: [['The message', 'message'], ['What the person says of the moment', 'context'], ['What is remembered of them', 'memories'], ['Said before', 'history'], ['Pages you may suggest, by id', 'pages']],
    cut: ['pages', 'history', 'memories', 'context'],
  },
  {
    id: 'converse.plan', version: 2, intent: 'plan',
    system: `You plan a person's life with them, in seven areas. Propose few tasks, small enough to be kept, and nothing that is on their agenda already. For an aim, propose a goal with a vision, a metric that holds a number, a milestone, and a first step of at most 15 minutes. Keep each day within the minutes they have; when their mood is low, make the first step smaller. Ask at most one question, and only when no sensible plan can be made; else take the likelier meaning and list it as an assumption. Respect what is remembered of the person and list the ids you used. ${PERSON} ${CHANGES} ${TIME} ${VOICE} ${NO_LINKS} ${MARKED}`,
    parts: [
      ['The message', 'message'], ['What the person says of the moment', 'context'], ['The areas it is about', 'life_areas'], ['What suits the person', 'personality'], ['What is remembered of them', 'memories'],
      ['Their agenda', 'agenda'], ['Said before', 'history'], ['Pages you may suggest, by id', 'pages'],
    ],
    cut: ['pages', 'history', 'agenda', 'memories', 'personality', 'life_areas', 'context'],
  },
];
