import type { Found } from './repeat.js';
import { readNumber } from './words.js';

const AMOUNT = '(\\d+(?:[.,]\\d+)?|half an|an|a|one|two|three|four|five|ten|fifteen|twenty|thirty|forty|forty-five|sixty|ninety)';
const DURATION = new RegExp(
  `(?<!\\b(?:in|within|after|next|past|last|under|than|over)\\s)(?:\\bfor\\s+(?:about\\s+|at least\\s+)?)?\\b(?:${AMOUNT}[\\s-]*(minutes?|mins?|min|hours?|hrs?|h)(?=\\b|\\d)(?:\\s*(?:and\\s+)?(\\d{1,2}|a half)\\b(?!\\s*(?:am|pm|:))(?:\\s*(?:minutes?|mins?|m)\\b)?)?|a quarter of an hour)(?!\\s+(?:ago|later|before|after|early))`,
  'i',
);
const WORDS: Readonly<Record<string, number>> = { 'half an': 0.5, fifteen: 15, twenty: 20, thirty: 30, forty: 40, 'forty-five': 45, sixty: 60, ninety: 90 };

/** Reads "20 minutes", "half an hour" or "1.5 hours" as whole minutes, 1 to 1440; undefined when it names no length of time. */
export function readMinutes(phrase: string): number | undefined {
  const match = DURATION.exec(phrase);
  if (match === null) return undefined;
  if (/quarter of an hour/i.test(match[0])) return 15;
  const word = (match[1] ?? '').toLowerCase();
  const amount = WORDS[word] ?? readNumber(word) ?? Number(word.replace(',', '.'));
  const more = match[3] === undefined ? 0 : match[3] === 'a half' ? 30 : Number(match[3]);
  const minutes = Math.round(/^m/i.test(match[2] ?? '') ? amount : amount * 60 + more);
  return minutes >= 1 && minutes <= 1440 ? minutes : undefined;
}

export function findDuration(text: string): Found | undefined {
  const match = DURATION.exec(text);
  return match === null || readMinutes(match[0]) === undefined ? undefined : { text: match[0], start: match.index, end: match.index + match[0].length };
}
