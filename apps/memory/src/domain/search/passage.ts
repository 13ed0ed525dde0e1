import { tokensOf, wordsOf } from './tokens.js';

/** Something that was said, as search sees it. Passages are given in the order in which they were said. */
export interface Passage {
  readonly id: string;
  readonly text: string;
  /** Who said it, where several people speak. */
  readonly speaker?: string;
  /** What a picture shows that was sent along. */
  readonly caption?: string;
  /** Passages of one session were said together: each lends its neighbours some of its context. */
  readonly session: string;
  readonly at: Date;
  /** When it ceased to hold (null: it still does); left out for what happened at one moment. */
  readonly until?: Date | null;
}

/** What can be seen of a passage without knowing the question. Flags are 0 or 1. */
export interface Traits {
  readonly endsAsQuestion: number;
  readonly asks: number;
  /** How much the speaker talks of themselves, by the square root of the length. */
  readonly personal: number;
  /** Logarithm of the number of words. */
  readonly length: number;
  /** Says when: "yesterday", "last week", "in May". */
  readonly tellsTime: number;
  readonly hasNumber: number;
  /** Has a capitalised word inside a sentence: a name, most often. */
  readonly hasName: number;
}

const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const UNIT = '(?:week|month|year|night|weekend|summer|winter|spring|fall|autumn|(?:mon|tues?|wed|thu|thurs|fri|sat|sun)\\w*)';
const TIME = new RegExp(`\\b(?:yesterday|today|tomorrow|tonight|(?:last|next|this|past) ${UNIT}|ago|recently|lately|just|in (?:${MONTH}|\\d{4}))\\b`, 'i');
const NUMBER = /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twice|once|couple|few)\b/i;
const SELF = /\b(?:I|I['’](?:m|ve|d|ll)|my|me|we|our)\b/gi;
const SENTENCE_START = /^[^\p{L}]*\p{Lu}\p{L}*|[.!?]\s+\p{Lu}\p{L}*/gu;
const NAME = /(?<!\p{L})\p{Lu}\p{Ll}{2,}/u;

const flag = (value: boolean): number => (value ? 1 : 0);

export function traitsOf({ text }: Passage): Traits {
  const words = wordsOf(text).length;
  return {
    endsAsQuestion: flag(/\?\s*$/.test(text)),
    asks: flag(text.includes('?')),
    personal: (text.match(SELF)?.length ?? 0) / Math.sqrt(1 + words),
    length: Math.log(1 + words),
    tellsTime: flag(TIME.test(text)),
    hasNumber: flag(NUMBER.test(text)),
    hasName: flag(NAME.test(text.replaceAll(SENTENCE_START, ''))),
  };
}

/** The words by which a passage is found: its own and its picture's, without the names of those who speak. */
export function termsOf({ text, caption }: Passage, speakers: ReadonlySet<string>): string[] {
  return [...tokensOf(text), ...tokensOf(caption ?? '')].filter((word) => !speakers.has(word));
}
