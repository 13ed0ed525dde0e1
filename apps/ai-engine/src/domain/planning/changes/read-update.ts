import type { Temporal } from 'temporal-polyfill';
import { readMinutes } from '../../time/duration.js';
import { findWhen, type WhenFound } from '../../time/when.js';
import type { DraftChange } from '../plan-draft.js';
import { cleanObject, PRONOUN, type Wish } from './wish.js';

/** Verbs that can only mean something that is there already. */
const MOVE = /^(?:move|push(?: back)?|shift|postpone|reschedule|delay|put off|put back|bring forward|change|switch|shorten|extend|lengthen|prolong|reduce|limit|set(?!\s+(?:an?|up|me)\b))\s+(?<what>.+)$/i;
/** Verbs that mean it with "it" or "my"; else something new. */
const MAKE = /^(?:make|do|have|keep|start|schedule|put|let['’]s (?:make|do|start|have)|(?:we|you) (?:make|do|start))\s+(?<what>.+)$/i;
const RENAME = /^(?:rename|call)\s+(?<what>.+?)\s+(?:to\s+|as\s+|into\s+)?["“'‘](?<title>[^"”'’]{2,200})["”'’]$|^rename\s+(?<renamed>.+?)\s+(?:to|as|into)\s+(?<to>.{2,200})$|^call (?:it|that|this)\s+(?!a day\b|quits\b|off\b)(?<name>.{2,200})$/i;
const EXCEPT = /\b(?:not|no(?<thing> .{0,40}?)?|except(?: for)?|but not|never|skip|leave out|without)\s+(?:on\s+|at\s+|the\s+)*(?<days>(?:weekends?|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)(?:(?:,| and| or|,? and) (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)*)\b/i;
const SHIFT = /\b(?:(?<amount>half an|an?|\d+|two|three|a quarter of an)[\s-]*(?<unit>hours?|minutes?|mins?)\s+)?(?<way>earlier|later)\b/i;
const SIZE = /\b(?<size>shorter|longer|smaller|easier)\b|\b(?:that['’]?s |it['’]?s |it is |that is )?too (?<too>long|short|much|little|hard|early|late)\b/i;
const PRIORITY = /^(?<what>.+?) (?:is|are|has) (?:(?:very |really |so )?(?<high>urgent|important|top priority|high priority)|(?<low>not (?:so |that )?(?:urgent|important)|low priority))$/i;
const INSTEAD = /\binstead\b|^(?:actually|no),?\s/i;
const MINE = /^(?:my|the|that|this|our|it\b|them\b|these|those)\b/i;
/** "Move it to 7": an hour, not a number. */
const TO_AN_HOUR = /\bto (\d{1,2}(?::\d{2})?)$/i;
const FITS = 0.5;
/** A word that may begin something new has to be meant by the whole of the words. */
const FITS_NEW = 0.6;
const HOUR = 60;

/** "Move it to 8 pm", "not on weekends", "make my workout 20 minutes", "that's too long"; undefined when nothing is to be changed. */
export function readUpdate(plain: string, today: Temporal.PlainDate): Wish | undefined {
  const text = plain.replace(/[.!?\s]+$/, '').replace(/[\s,]+(?:please|though)$/i, '').replace(/^(?:can|could|shall|should|would|will) (?:you|we|i) (?:please )?/i, '').replace(/^(?:(?:please|ok(?:ay)?|actually|rather|and|but|so)[\s,]+|no,\s*)/i, '');
  return renamed(text) ?? excepted(text) ?? ranked(text) ?? sized(text, today) ?? timed(text, INSTEAD.test(plain), today);
}

const wishFor = (words: string, change: Partial<DraftChange>, more: Partial<Wish> = {}): Wish => {
  const object = cleanObject(words);
  const isIt = PRONOUN.test(object);
  const goal = /\bgoal\b/i.test(words) ? ({ goal: true } as const) : {};
  return { op: 'update', words: isIt ? '' : object, certain: isIt, least: FITS, change, ...goal, ...more };
};

function renamed(text: string): Wish | undefined {
  const groups = RENAME.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const title = groups['title'] ?? groups['to'] ?? groups['name'] ?? '';
  return wishFor(groups['what'] ?? groups['renamed'] ?? 'it', { title: title.replace(/^["“'‘]|["”'’]$/g, '').trim() }, { certain: true });
}

function excepted(text: string): Wish | undefined {
  const match = EXCEPT.exec(text);
  const days = match?.groups?.['days'];
  if (match === null || days === undefined || /^(?:i|we)\b/i.test(text)) return undefined;
  const thing = match.groups?.['thing'] ?? `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return wishFor(thing, { except: days });
}

function ranked(text: string): Wish | undefined {
  const groups = PRIORITY.exec(text)?.groups;
  if (groups === undefined || /^i\b/i.test(groups['what'] ?? '')) return undefined;
  return wishFor(groups['what'] ?? '', { priority: groups['low'] === undefined ? 5 : 2 });
}

/** Shorter, longer, earlier, later: how much is said, or taken for granted and told. */
function sized(text: string, today: Temporal.PlainDate): Wish | undefined {
  const size = SIZE.exec(text);
  const shift = SHIFT.exec(text);
  const match = shift ?? size;
  if (match === null || /^i\b/i.test(text)) return undefined;
  const words = wordsAround(text, match, today);
  const too = size?.groups?.['too']?.toLowerCase() ?? '';
  if (shift !== null || ['early', 'late'].includes(too)) return shifted(words, shift?.groups, too);
  const isShorter = /shorter|smaller|easier/i.test(match[0]) || ['long', 'much', 'hard'].includes(too);
  return wishFor(words, {}, { relative: isShorter ? 'shorter' : 'longer' });
}

/** What is left of the sentence: the thing itself. */
function wordsAround(text: string, match: RegExpExecArray, today: Temporal.PlainDate): string {
  const rest = findWhen(`${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`, today).rest;
  return rest.replace(/^(?:move|make|do|start|push|shift|put|have|keep|is|it['’]?s|that['’]?s)\b/i, ' ').replace(/\b(?:a (?:bit|little)|much|is|are|['’]s)\b/gi, ' ');
}

function shifted(words: string, groups: Record<string, string | undefined> | undefined, too: string | undefined): Wish {
  const named = groups?.['amount'] === undefined ? undefined : (readMinutes(`${groups['amount']} ${groups['unit'] ?? ''}`) ?? HOUR);
  const later = groups?.['way']?.toLowerCase() === 'later' || too === 'early';
  const minutes = named ?? HOUR;
  return wishFor(words, { shift_minutes: later ? minutes : -minutes }, named === undefined ? { assumption: `I moved it by an hour; say if you meant another length of time.` } : {});
}

/** New times, days, lengths and rhythms. */
function timed(text: string, instead: boolean, today: Temporal.PlainDate): Wish | undefined {
  const [move, make] = [wordsAfter(MOVE, text), wordsAfter(MAKE, text)];
  const what = (move ?? make ?? text).replace(TO_AN_HOUR, 'at $1');
  const found = findWhen(what, today);
  const change = changeOf(found);
  if (Object.keys(change).length === 0) return undefined;
  if (move !== undefined) return wishFor(found.rest, change, { least: MINE.test(what) ? FITS : FITS_NEW });
  if (make === undefined) return instead ? wishFor(found.rest, change, { least: FITS_NEW }) : undefined;
  const isThere = instead || PRONOUN.test(cleanObject(found.rest)) || (MINE.test(what) && onlyLength(change));
  return isThere ? wishFor(found.rest, change) : undefined;
}

const wordsAfter = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.groups?.['what'];

const onlyLength = (change: Partial<DraftChange>): boolean => change.duration_minutes !== undefined || change.when?.repeat !== undefined;

function changeOf({ when, minutes }: WhenFound): Partial<DraftChange> {
  const { repeat, at, day, due } = when;
  const timing = Object.fromEntries(Object.entries({ repeat, at, day, due }).filter(([, phrase]) => phrase !== undefined));
  return { ...(Object.keys(timing).length === 0 ? {} : { when: timing }), ...(minutes === undefined ? {} : { duration_minutes: minutes }) };
}
