import { DAY_NAMES, MONTH_NAMES } from '../../time/words.js';
import type { AgendaAnswer, Fact } from './agenda-answer.js';

const NUMBER_WORDS = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen|couple|pair|half|quarter|once|twice|thrice|double|triple|first|second|third|fourth|fifth|last|single|both|zero|none|nil';
const DAYS = [...DAY_NAMES, ...MONTH_NAMES].map((name) => `${name}s?`).join('|');
const DATE = `(?:${DAY_NAMES.join('|')}),? \\d{1,2} (?:${MONTH_NAMES.join('|')})(?: \\d{4})?`;
/** A day with its date as one, a number with its unit, a time, a weekday, a month, or a word that counts. */
const CLAIM = new RegExp(
  `${DATE}|\\d+(?:[.,:]\\d+)*(?:\\s*(?:%|percent|minutes?|mins?|hours?|days?|weeks?|months?|times?|things?|tasks?|goals?|am|pm|st|nd|rd|th)\\b|\\s*%)?|\\b(?:${NUMBER_WORDS}|${DAYS}|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|today|tomorrow|yesterday|tonight|noon|midnight|morning|afternoon|evening|night|weekend|weekdays?)\\b`,
  'giu',
);
/** Words that say how much without a number, or whether at all. */
const VAGUE = /\b(?:no|not|nothing|none|never|always|every|each|all|any|some|several|many|few|most|more|less|fewer|enough|free|busy|full|light|empty|only|just|on track|behind|ahead|late|early|overdue|missed|done|finished|completed|almost|nearly|about|around|over|under|than)\b/gi;

const normal = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** The claims of a text in their order, then its words of quantity in theirs. */
function claimsOf(text: string): string[] {
  return [...text.matchAll(CLAIM), ...text.matchAll(VAGUE)].map(([claim]) => normal(claim));
}

/** Whether `some` comes in `all` in the same order: what is taken out of it is true, what is put together anew may not be. */
function comesIn(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const claim of all) if (claim === some[at]) at += 1;
  return at === some.length;
}

/**
 * Whether a model's wording of an answer from the agenda says nothing but what the facts say. A sentence speaks of one record at most; each
 * number, time, day and word of quantity in it stands in that record's fact, and in a sentence about none, in the sum. Every record of
 * the facts is spoken of. When in doubt it is false, and the plain facts are shown instead.
 */
export function agreesWithFacts(wording: string, { facts }: AgendaAnswer): boolean {
  const [sum, ...records] = facts.some(({ title }) => title === undefined) ? facts : [{ text: '', cites: [] }, ...facts];
  const titled = records.filter(({ title }) => title !== undefined);
  const isComplete = titled.every(({ title }) => normal(wording).includes(normal(title ?? '')));
  return isComplete && sentencesOf(wording).every((sentence) => sentenceHolds(sentence, titled, sum?.text ?? ''));
}

function sentenceHolds(sentence: string, titled: readonly Fact[], sum: string): boolean {
  const spokenOf = titled.filter(({ title }) => normal(sentence).includes(normal(title ?? '')));
  const longest = spokenOf.filter(({ title }) => !spokenOf.some((other) => other.title !== title && normal(other.title ?? '').includes(normal(title ?? ''))));
  if (longest.length > 1) return false;
  const [fact] = longest;
  const rest = fact?.title === undefined ? normal(sentence) : normal(sentence).replaceAll(normal(fact.title), ' “” ');
  const known = fact?.title === undefined ? normal(sum) : normal(fact.text).replaceAll(normal(fact.title), ' “” ');
  return fact === undefined ? sumHolds(rest, known) : comesIn(claimsOf(rest), claimsOf(known));
}

/** Without a title a number could mean anything: such a sentence claims nothing, or is a sentence of the sum, word for word. */
function sumHolds(sentence: string, sum: string): boolean {
  return claimsOf(sentence).length === 0 || sentencesOf(sum).some((one) => withoutStop(one) === withoutStop(sentence));
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?;…])\s+|\n+/).map((one) => one.trim()).filter((one) => one !== '');
const withoutStop = (sentence: string): string => sentence.replace(/[.!]$/, '');
