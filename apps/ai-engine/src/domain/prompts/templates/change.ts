import type { PromptTemplate } from '../template.js';
import { CHANGES, MARKED, NO_LINKS, PERSON, TIME, VOICE } from './phrases.js';

export const CHANGE: readonly PromptTemplate[] = [
  {
    id: 'converse.change', version: 1, intent: 'change',
    system: `You change what a person has planned, as they say it: a task is done, moved, made shorter, cancelled; a goal is reached or dropped; something is to be remembered or forgotten. "It" is what was spoken of last. When several things could be meant and taking the wrong one would lose something, ask which, in one question, and change nothing; else take the likelier and list it as an assumption. Say in one sentence what you changed. ${CHANGES} What is to be remembered is quoted from the message word for word. ${PERSON} ${TIME} ${VOICE} ${NO_LINKS} ${MARKED}`,
    parts: [['The message', 'message'], ['Their agenda', 'agenda'], ['Said before', 'history'], ['What is remembered of them', 'memories'], ['What suits the person', 'personality'], ['What the person says of the moment', 'context']],
    cut: ['personality', 'context', 'memories', 'history', 'agenda'],
  },
];
