import type { PromptTemplate } from '../template.js';
import { MARKED, NO_LINKS, PERSON, TIME, VOICE } from './phrases.js';

export const REFLECT: readonly PromptTemplate[] = [
  {
    id: 'converse.reflect', version: 1, intent: 'reflect',
    system: `You listen to a person who tells something of themselves and asks for nothing. Say back in one or two sentences what you heard, and tie it to what is remembered of them where that helps; list the ids you used. Offer at most one small step, as a question, and plan nothing unless they name a trouble that one small task would ease. ${PERSON} ${TIME} ${VOICE} ${NO_LINKS} ${MARKED}`,
    parts: [['The message', 'message'], ['What the person says of the moment', 'context'], ['What is remembered of them', 'memories'], ['What suits the person', 'personality'], ['Said before', 'history']],
    cut: ['history', 'memories', 'personality', 'context'],
  },
];

export const REWORD: readonly PromptTemplate[] = [
  {
    id: 'story.reword', version: 1, intent: 'reword',
    system: `You reword the sentences of a film of somebody's week. Keep every fact; add none: no number, name, place, day or judgement that is not in the sentence. ${VOICE} ${MARKED}`,
    parts: [['The scenes', 'scenes']],
    cut: [],
  },
];
