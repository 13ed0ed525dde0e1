import { LIFE_AREAS, type LifeArea } from '@selfos/kernel';
import { Temporal } from 'temporal-polyfill';
import { readDay } from '../../time/day.js';
import { findWhen } from '../../time/when.js';
import { DAY_NAMES, readNumber } from '../../time/words.js';
import { DAYS_BACK } from './agenda.js';

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

/** Local dates, both ends included. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** As it is said at the beginning of an answer: "Tomorrow", "This week", "Friday". */
  readonly words: string;
}

/** A question that the agenda answers. `topic` is what it is about in the person's words, empty when it is about everything. */
export type AgendaQuestion =
  | { readonly kind: 'due'; readonly period: Period | undefined; readonly part?: PartOfDay; readonly area?: LifeArea; readonly topic: string }
  | { readonly kind: 'done'; readonly period: Period; readonly area?: LifeArea; readonly topic: string; readonly counts: boolean; readonly whether: boolean }
  | { readonly kind: 'next'; readonly topic: string }
  | { readonly kind: 'track'; readonly topic: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'goals' };

type Today = Temporal.PlainDate;

const ASKS = /^(?:(?:so|and|ok(?:ay)?|hey|hi|hello|please|well|also)[\s,!]+)*(?:what|when|which|how|do|does|did|is|are|am|have|has|show|list|tell|give me my|any(?:thing)?|where|can you (?:show|list|tell)|could you (?:show|list|tell))\b/i;
const GOALS = /\b(?:what|which|list|show|see)\b.*\bmy (?:\w+ )?goals\b(?! (?:for|with|about)\b)/i;
const TRACK = /\bon track\b(?: (?:with|for|to))?|\bhow (?:is|are|['’]s|was) (?:my |the )?.{0,60}\b(?:going|doing|coming along|progressing)\b|\bhow far (?:am i|along|have i)\b|\b(?:my )?progress (?:on|with|of|in|towards?)\b|\bhow am i doing\b(?: (?:with|on)\b)?|\bhow close am i\b/i;
const PAST = /\b(?:did|have|['’]ve) i\b(?! (?:got|to)\b)|\bi(?:['’]ve| have)? (?:done|did|finished|completed)\b|\bdid (?:my|the)\b/i;
const NEXT = /\bwhat(?:['’]s| is| comes)?(?: up)? next\b|\bwhat (?:should|shall|do|can|must) i (?:have to |need to )?do (?:next|now|first)\b|\b(?:my )?next (?:task|thing|up|item|step)\b|\bwhen (?:do|is|am|are|will|should|does) (?:i|my|the)\b/i;
const DUE = /\bon my plate\b|\b(?:on|in) my (?:agenda|schedule|calendar|list)\b|\b(?:my|the) (?:agenda|schedule|to-?do(?: list)?|tasks?|plans?|calendar)\b|\bwhat(?:['’]s| is| are)? (?:on\b|due|planned|scheduled|coming up|ahead|left|open)|\bhow many (?:open )?(?:tasks|things)\b|\b(?:am i|are we) (?:free|busy)\b|^is (?:my )?.{2,40}\b(?:free|busy|full)\W*$|\bwhat(?:['’]s| does| is) my (?:day|week|weekend)\b|\bshow (?:me )?my (?:day|week|weekend|tasks)\b/i;
const DUE_WITH_DAY = /\b(?:do|have) i (?:have|got|need)\b|\bhave i got\b|\bhow (?:much time|long|busy)\b|\banything\b|\bwhat am i (?:doing|up to)\b|\bwhat (?:should|do|must) i\b.*\bdo\b/i;
const COUNTS = /\bhow (?:many|often|much)\b/i;
const WHETHER = /^(?:\W|so |and )*(?:did|have) i\b/i;
const FUNCTION_WORDS =
  /\b(?:what(?:['’]s)?|when|which|how|many|much|often|long|far|close|do|does|did|is|are|am|was|have|has|had|i|my|me|the|a|an|any|anything|something|there|show|list|tell|give|see|can|could|you|should|shall|must|need|got|get|go|on|in|for|to|with|of|at|about|track|going|doing|coming|along|progress(?:ing)?|next|due|planned|scheduled|plate|agenda|schedule|calendar|to-?dos?|tasks?|things?|times?|done|finish(?:ed)?|complete[d]?|achieved?|free|busy|left|open|up|now|first|all|so|and|time|goals?|still|already|last|past|far|i['’]ve|ve|will|please|plans?|it|that|items?|step|own|ahead|far|appointments?(?=\?)|far)\b/gi;

const MOST_DAYS = 366;
const LAST_DAYS = 'In the last seven days';

const day = (date: Today, words: string): Period => ({ from: date.toString(), to: date.toString(), words });
const span = (from: Today, to: Today, words: string): Period => ({ from: from.toString(), to: to.toString(), words });
const monday = (today: Today): Today => today.subtract({ days: today.dayOfWeek - 1 });

/** The stretch of the past that a question is about; the last seven days when it names none. */
export function pastPeriod(text: string, today: Today): Period {
  if (/\btoday\b|\bthis (?:morning|afternoon|evening)\b/i.test(text)) return day(today, 'Today');
  if (/\byesterday\b|\blast night\b/i.test(text)) return day(today.subtract({ days: 1 }), 'Yesterday');
  if (/\blast week\b/i.test(text)) return span(monday(today).subtract({ days: 7 }), monday(today).subtract({ days: 1 }), 'Last week');
  if (/\bthis week\b|\bso far\b/i.test(text)) return span(monday(today), today, 'This week');
  if (/\b(?:this|last) (?:month|year)\b|\bever\b|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i.test(text)) return span(today.subtract({ years: 1 }), today, LAST_DAYS);
  const name = DAY_NAMES.findIndex((one) => new RegExp(`\\b${one}\\b`, 'i').test(text));
  if (name >= 0) {
    const back = (today.dayOfWeek - name - 1 + 7) % 7;
    const date = today.subtract({ days: back === 0 && /\blast\b/i.test(text) ? 7 : back });
    return day(date, `On ${DAY_NAMES[name] ?? ''}`);
  }
  const count = Math.min(MOST_DAYS, Math.max(1, readNumber(/\b(?:last|past) (\w+) days\b/i.exec(text)?.[1] ?? '') ?? DAYS_BACK));
  return span(today.subtract({ days: count - 1 }), today, count === DAYS_BACK ? LAST_DAYS : `In the last ${count} days`);
}

function comingPeriod(text: string, today: Today): Period | undefined {
  const named = readDay(text, today);
  if (named !== undefined) {
    const words = /\b(?:this week(?:end)?|next week(?:end)?|the weekend|weekend|today|tonight|tomorrow|(?:this|next) month)\b/i.exec(text)?.[0];
    const single = named.start.equals(named.end);
    const said = words === undefined ? (single ? `On ${DAY_NAMES[named.start.dayOfWeek - 1] ?? ''}` : 'In that time') : words.replace(/^tonight$/i, 'today').replace(/^weekend$/i, 'the weekend');
    return span(named.start, named.end, `${said.charAt(0).toUpperCase()}${said.slice(1)}`);
  }
  if (/\bmy day\b/i.test(text)) return day(today, 'Today');
  return /\bmy (?:week|plate)\b/i.test(text) ? span(today, today.add({ days: 7 - today.dayOfWeek }), 'This week') : undefined;
}

function partIn(text: string): PartOfDay | undefined {
  if (/\bmornings?\b/i.test(text)) return 'morning';
  return /\bafternoons?\b/i.test(text) ? 'afternoon' : /\b(?:evenings?|tonight|night)\b/i.test(text) ? 'evening' : undefined;
}

const AREA_WORDS: Readonly<Partial<Record<LifeArea, string>>> = { career: 'work', finance: 'money', relationships: 'family' };

function areaIn(text: string): LifeArea | undefined {
  return LIFE_AREAS.find((area) => new RegExp(`\\bfor (?:my )?${AREA_WORDS[area] ?? area.replace('_', '[ _]')}\\b`, 'i').test(text)) ?? LIFE_AREAS.find((area) => new RegExp(`\\b(?:for|in|of|about) (?:my )?${area.replace('_', '[ _]')}\\b|\\b${area.replace('_', '[ _]')} (?:tasks|things|goals)\\b`, 'i').test(text));
}

/** What the question is about, without its phrases of time and the words of asking. */
function topicOf(text: string, today: Today): string {
  const area = areaIn(text);
  const plain = area === undefined ? text : text.replace(new RegExp(`\\b(?:${area.replace('_', '[ _]')}|${AREA_WORDS[area] ?? area})\\b`, 'i'), ' ');
  const rest = findWhen(plain.replace(/\b(?:yesterday|last (?:night|week|\w+day)|(?:in the )?(?:last|past) \w+ days?|this week|so far|next week|(?:the |this )?weekend|today|tonight|tomorrow)\b/gi, ' '), today).rest;
  return rest.replace(FUNCTION_WORDS, ' ').replace(/[^\p{L}\p{N}'’ -]/gu, ' ').replace(/\s+/g, ' ').trim();
}

/** Reads a question that the agenda answers; undefined when the sentence asks for something else, or asks for nothing. */
export function readAgendaQuestion(text: string, today: Today): AgendaQuestion | undefined {
  if (!ASKS.test(text.trim()) && !/\?\s*$/.test(text)) return undefined;
  const area = areaIn(text);
  const inArea = area === undefined ? {} : { area };
  if (GOALS.test(text) && !PAST.test(text)) return { kind: 'goals' };
  if (/\boverdue\b/i.test(text)) return { kind: 'late' };
  if (TRACK.test(text)) return { kind: 'track', topic: topicOf(text, today) };
  if (PAST.test(text)) return donePart(text, today, inArea);
  if (NEXT.test(text)) return nextPart(text, today);
  const period = comingPeriod(text, today);
  if (!DUE.test(text) && !(DUE_WITH_DAY.test(text) && period !== undefined)) return undefined;
  const part = partIn(text);
  return { kind: 'due', period, ...(part === undefined ? {} : { part }), ...inArea, topic: topicOf(text, today) };
}

/** "Have I told you of my knee?" is for memory. */
const TOLD = /\b(?:did|have) i (?:ever )?(?:tell|told|mention(?:ed)?|say|said|ask(?:ed)?|(?:write|written) (?:to )?you)\b|\bwhat (?:did|have) i (?:\w+ )?(?:tell|told|say|said|learn|like|want|eat|think|feel|promise)\b/i;

function donePart(text: string, today: Today, inArea: { readonly area?: LifeArea }): AgendaQuestion | undefined {
  if (TOLD.test(text)) return undefined;
  const topic = topicOf(text, today);
  const timed = /\blast time\b|\bwhen did i\b/i.test(text) || /\b(?:today|yesterday|week|days?|month|morning|night|\w+day|so far|times|often|many)\b/i.test(text) || /\bwhat (?:did|have) i (?:do|done|finish(?:ed)?|complete[d]?|get done|achieve[d]?)\b/i.test(text);
  return timed ? { kind: 'done', period: pastPeriod(text, today), ...inArea, topic, counts: COUNTS.test(text), whether: WHETHER.test(text) } : undefined;
}

function nextPart(text: string, today: Today): AgendaQuestion | undefined {
  const topic = topicOf(text, today);
  return /\bwhen\b/i.test(text) && topic === '' ? undefined : { kind: 'next', topic: /\bwhen\b/i.test(text) ? topic : '' };
}
