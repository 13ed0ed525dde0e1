import { extractSaid } from '../remembering/extract-said.js';
import { lowMood } from './mood.js';
import type { PlanRequest, RecalledMemory } from './plan.js';
import { quote } from './quote.js';
import type { Turn } from './turn.js';

export interface Answer {
  readonly reply: string;
  readonly used_memories: string[];
}

const STOP_WORDS =
  'about again all am and any are ask been being can could did does doing don for from get had has have how i is it its know last let like many me mine much my not now of on or our out remember said say see should tell that the them then there these they thing things this those to told under was way we were what when where which who why will with would you your yours'.split(' ');
const ABOUT_ME = /\b(?:i|me|my|mine|myself)\b/i;
const EVERYTHING = /\b(?:know|remember|learn(?:ed|t)?|noticed|told you)\b.*\b(?:about me|of me|so far|everything)\b|\bwho am i\b/i;
const TYPES: readonly [RegExp, RecalledMemory['type']][] = [
  [/\bgoals?\b|\baims?\b|\bwant(?:ed)? to\b/i, 'goal'],
  [/\broutines?\b|\bhabits?\b|\busually\b/i, 'routine'],
  [/\b(?:preferences?|like|love|dislike|prefer)\b/i, 'preference'],
  [/\b(?:achieve\w*|finish\w*|done|did|accomplish\w*)\b/i, 'achievement'],
  [/\b(?:feel|felt|feeling)\b/i, 'reflection'],
];
const GREETING = /^(?:hi|hello|hey|good (?:morning|evening|afternoon))\b[\s!.,]*$/i;
const THANKS = /^(?:thanks?|thank you|thx|ok(?:ay)?|great|cool|fine|good)\b[\s\w]{0,12}[!.]*$/i;
const HELP = /^(?:can you help(?: me)?|what can you do|how do(?:es)? (?:this|you|it) work|who are you|what are you|help)\b[\s?!.]*$/i;
const AGENDA = /\b(?:on my plate|my (?:week|day|agenda|schedule|tasks|plan)|due (?:today|tomorrow|this week)|do i have (?:to do|today|tomorrow|this week)|next task)\b/i;

function stem(word: string): string {
  return word.replace(/(?:ing|ed|es|s)$/, '');
}

function contentWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter((word) => !STOP_WORDS.includes(word)).map(stem);
}

/** The memories that share a word, or the asked-for type, with the question. */
function relevant(question: string, memories: readonly RecalledMemory[]): RecalledMemory[] {
  if (EVERYTHING.test(question)) return memories.slice(0, 10);
  const asked = contentWords(question);
  const byWords = memories.filter((memory) => contentWords(memory.text).some((word) => asked.includes(word)));
  if (byWords.length > 0) return byWords.slice(0, 5);
  const type = TYPES.find(([pattern]) => pattern.test(question))?.[1];
  return memories.filter((memory) => memory.type === type).slice(0, 5);
}

/** Answers a question from what is remembered, quoting it, and says so when there is nothing. */
export function answerQuestion(question: string, { memories, history = [] }: Pick<PlanRequest, 'memories' | 'history'>): Answer {
  if (AGENDA.test(question)) return { reply: 'Your tasks are kept in your plan, and “today” lists what is due. I do not read them from here, so I do not guess.', used_memories: [] };
  if (HELP.test(question.trim())) return { reply: 'I am SelfOS’s built-in planner. Tell me in one sentence what you want (“run three times a week”, “save 3000 euros by December”, “call my mother every Sunday at 5pm”) and I plan it. I remember what you tell me of yourself, and plan with it.', used_memories: [] };
  if (!ABOUT_ME.test(question)) {
    return { reply: 'I am SelfOS’s built-in planner: I plan, and I remember what you tell me. I have no knowledge of the world to answer that with. Tell me what you want to do, and I will plan it.', used_memories: [] };
  }
  const found = relevant(question, memories);
  if (found.length === 0) return { reply: saidBefore(question, history) ?? 'I remember nothing about that. If you tell me, I will.', used_memories: [] };
  const quoted = found.map((memory) => `“${quote(memory.text)}”`);
  return { reply: quoted.length === 1 ? `I remember this: ${quoted[0] ?? ''}` : `I remember this:\n${quoted.map((line) => `• ${line}`).join('\n')}`, used_memories: found.map(({ id }) => id) };
}

const FORGET = /^(?:please )?(?:forget|delete|do(?:n['’]t| not) remember)\b/i;

/** What the person told earlier in this conversation, which is remembered a little later; nothing after they asked to forget. */
function saidBefore(question: string, history: readonly Turn[]): string | undefined {
  const own = history.filter(({ role }) => role === 'user').map(({ text }) => text);
  if (own.some((text) => FORGET.test(text.trim()))) return undefined;
  const told = own.reverse().flatMap((text) => extractSaid(text).map(({ type, text: words }) => ({ id: '', type, text: words })));
  const [latest] = relevant(question, told);
  return latest === undefined ? undefined : `You told me in this conversation: “${quote(latest.text)}”`;
}

/** Answers what asks for nothing: a greeting, a fact, a feeling. */
export function answerStatement(request: PlanRequest): Answer {
  const message = request.message.trim();
  const used_memories: string[] = [];
  if (GREETING.test(message)) return { reply: 'Hello. What would you like to plan? One sentence is enough.', used_memories };
  if (THANKS.test(message)) return { reply: 'Good. I am here when you need the next step.', used_memories };
  const mood = lowMood(message, request.context.currentMood);
  if (mood !== undefined) return { reply: `You feel ${mood}. Nothing has to be done now. If you want one small step, name what weighs most.`, used_memories };
  if (!/\b(?:i|my|me|we|our)\b/i.test(message)) return { reply: 'I did not find anything to plan in that. Try a sentence such as “walk for 20 minutes every weekday after lunch”.', used_memories };
  return { reply: `Noted: “${quote(message)}” I will keep it in mind when I plan.`, used_memories };
}

export function crisisReply(): string {
  return 'This is more than a plan can carry, and you do not have to carry it alone. Please ring your local emergency number now, or a crisis line: findahelpline.com lists one for your country. If you can, tell a person near you how it is.';
}
