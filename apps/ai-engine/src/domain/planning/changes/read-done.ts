import type { Temporal } from 'temporal-polyfill';
import { findWhen } from '../../time/when.js';
import { cleanObject, PRONOUN, type Wish } from './wish.js';

const ADVERBS = '(?:just |already |finally |also |now )*';
const DAY_BACK = /\b(?:yesterday|last night|today|tonight|this (?:morning|afternoon|evening)|(?:last |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|evening|night))?|just now|earlier)\b/gi;
/** Words that can mean nothing but "it is done". */
const DONE: readonly RegExp[] = [
  new RegExp(`^(?:i|we)(?:['’]ve| have)? ${ADVERBS}(?:did|done|finished|completed|got done|ticked off|wrapped up|managed)(?: with)? (?<what>.+)$`, 'i'),
  /^(?:i(?:['’]m| am) )?(?:all |finally )?(?:done|finished|through) with (?<what>.+)$/i,
  /^(?:please )?(?:mark|check|tick|cross)(?: off)? (?<what>.+?) (?:as |off as )(?:done|completed?|finished)$/i,
  /^(?:please )?(?:check|tick|cross) off (?<what>.+)$/i,
  /^(?:please )?(?:check|tick|cross) (?<what>.+) off$/i,
  /^(?<what>(?!i\b|what|is\b).{2,60}?)(?: is|['’]s| are)? (?:all )?(?:done|finished|completed|✓|✔)(?: (?:for )?today)?$/i,
];
const BARE = /^(?:it['’]?s |that['’]?s |i(?:['’]m| am) |all )*(?:done|finished|completed|did it|i did (?:it|that)|i have done (?:it|that)|i['’]ve done (?:it|that))(?: (?:today|now|already))?$/i;
const PAST_TENSE = new RegExp(
  `^(?:i|we)(?:['’]ve| have)? ${ADVERBS}(?<verb>went(?: out)?(?: for| to| on)?|had|ran|swam|wrote|read|paid|bought|sent|took|made|met|spoke|sang|rode|ate|drank|drew|built|rang|gave|told|held|sold|[a-z]{2,}ed)(?: (?<what>.+))?$`,
  'i',
);
/** Words of a habit or of a story, not of something ticked off. */
const NOT_DONE = /\b(?:usually|always|often|never|used to|wanted|needed|liked|loved|hated|decided|planned|tried|every|each|feel|felt|realis|realiz|noticed|not|n['’]t|almost|half of)\b|^i (?:read|had|made|took) (?:that|an? (?:bad|good|great|feeling|idea))\b/i;
const FITS = 0.5;
/** A sentence of the past may tell of anything: the thing has to be named clearly. */
const FITS_TOLD = 0.6;

/** "I did my run today", "done with the report", "I called my mother yesterday"; undefined when nothing was done. */
export function readDone(plain: string, today: Temporal.PlainDate): Wish | undefined {
  const text = plain.replace(/[.!\s]+$/, '');
  const day = (text.match(DAY_BACK) ?? [])[0];
  const change = day === undefined ? {} : { day };
  if (BARE.test(text)) return { op: 'complete', words: '', certain: true, least: FITS, change };
  const without = text.replace(DAY_BACK, ' ').replace(/\s+/g, ' ').trim();
  const direct = DONE.map((pattern) => pattern.exec(without)?.groups?.['what']).find((what) => what !== undefined);
  if (direct !== undefined && !NOT_DONE.test(text)) return ofWords(cleanObject(findWhen(direct, today).rest), change);
  const told = PAST_TENSE.exec(without)?.groups;
  if (told === undefined || NOT_DONE.test(text)) return undefined;
  const what = findWhen(told['what'] ?? '', today).rest;
  return { op: 'complete', words: cleanObject(`${(told['verb'] ?? '').replace(/^went.*|^had$/i, '')} ${what}`), certain: false, least: FITS_TOLD, change };
}

function ofWords(words: string, change: Wish['change']): Wish | undefined {
  if (PRONOUN.test(words)) return { op: 'complete', words: '', certain: true, least: FITS, change };
  return { op: 'complete', words, certain: false, least: FITS, change, ...(/\bgoal\b/i.test(words) ? { goal: true } : {}) };
}
