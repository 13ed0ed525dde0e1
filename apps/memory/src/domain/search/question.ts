import { type Period, periodOf } from './period.js';
import { tokensOf, wordsOf } from './tokens.js';

/** A question as search understands it. */
export interface Question {
  /** Its words, without the names of those who speak. */
  readonly terms: readonly string[];
  /** The one speaker it is about, as given to `readQuestion`; undefined when it names none, or several. */
  readonly about: string | undefined;
  readonly asksWhen: boolean;
  readonly asksHowMany: boolean;
  /** Asks for something that has a name: who, where, which. */
  readonly asksName: boolean;
  /** Asks for several things: "what books …". Their answers are said at several times. */
  readonly asksSeveral: boolean;
  readonly period: Period | undefined;
}

export interface Asked {
  readonly text: string;
  readonly now: Date;
  /** Everybody who speaks in what is searched. */
  readonly speakers?: readonly string[];
  /** The stretch of time it is about, when it is known already. */
  readonly period?: Period | undefined;
}

const WHEN = /^when\b|\bhow long\b|\bwhat (?:year|month|date|day)\b/i;
const HOW_MANY = /\bhow (?:many|often|much)\b/i;
const NAME = /^(?:who|where|which)\b|^what\b.*\b(?:name|city|country|state|town|place|book|movie|film|game|band|song|brand)\b/i;
const SEVERAL = /^(?:what|which|where|who|in what|how)\b(?: (?!does|do|did|is|are|was|were|has|have)\w+)*? (?:\w{3,}[^s\W]s|people|children)\b/i;

export function readQuestion({ text, now, speakers = [], period }: Asked): Question {
  const words = new Set(wordsOf(text));
  const named = speakers.filter((speaker) => wordsOf(speaker).some((word) => words.has(word)));
  const names = new Set(speakers.flatMap(tokensOf));
  return {
    terms: tokensOf(text).filter((word) => !names.has(word)),
    about: named.length === 1 ? named[0] : undefined,
    asksWhen: WHEN.test(text),
    asksHowMany: HOW_MANY.test(text),
    asksName: NAME.test(text),
    asksSeveral: SEVERAL.test(text),
    period: period ?? periodOf(text, now),
  };
}
