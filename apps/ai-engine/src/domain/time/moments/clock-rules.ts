import { CARDINAL_WORD, cardinal } from './number-words.js';

/** A time of day: minutes and seconds after midnight; `half` says that morning or evening was named with it. */
export interface Clock {
  readonly seconds: number;
  readonly half: boolean;
}

type Groups = Readonly<Record<string, string | undefined>>;

export interface ClockRule {
  readonly pattern: RegExp;
  readonly read: (groups: Groups) => Clock | undefined;
}

const LEAD = "(?:(?:at|around|about|circa|by|from|@)\\s*(?:around\\s+|about\\s+)?)?";
const HALF = "(?<half>a\\.?\\s?m\\b\\.?|p\\.?\\s?m\\b\\.?|(?<=\\d)[ap]\\b\\.?|am?pm\\b)";
const HOUR_WORD = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const HOUR = `(?:\\d{1,2}|${HOUR_WORD})`;
const OCLOCK = "(?:\\s*o\\s?'?\\s?clock)";
const COUNTED = '\\s*(?:%|percent|times|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|kg|km|euros?|dollars?|people|persons?|pages?|of\\b|/\\d|\\.\\d|-\\d|,\\d{3})';
const NOT_AN_HOUR = `(?!${COUNTED})`;
const RANGE_TO = '\\s*(?:to|until|till|and|-|–)\\s*';
const rule = (source: string, read: ClockRule['read']): ClockRule => ({ pattern: new RegExp(`(?<![\\w/.:$€£-])(?:${source})(?![\\w:/])`, 'gi'), read });

/** An hour without half a day named: 1 to 6 are afternoon, as people mean them. */
function clock(hour: number, minute: number, { half, second = 0 }: { half?: string | undefined; second?: number }): Clock | undefined {
  if (!(hour <= 24 && minute < 60 && second < 60)) return undefined;
  const named = half !== undefined && !/am?pm/i.test(half);
  const at = named ? withHalf(hour, /^p/i.test(half)) : hour >= 1 && hour < 7 ? hour + 12 : hour % 24;
  return at === undefined ? undefined : { seconds: (at * 60 + minute) * 60 + second, half: named || hour > 12 };
}

function withHalf(hour: number, late: boolean): number | undefined {
  if (hour > 12) return late && hour < 24 ? hour : undefined;
  return late ? (hour % 12) + 12 : hour % 12;
}

const hourOf = (text: string): number => cardinal(text) ?? Number.NaN;

const exact: ClockRule['read'] = ({ hour = '', minute = '0', second = '0', half }) => {
  const written = half === undefined && hour.length === 2 && hour.startsWith('0');
  return written ? { seconds: (Number(hour) * 60 + Number(minute)) * 60 + Number(second), half: true } : clock(hourOf(hour), Number(minute), { half, second: Number(second) });
};
const joined: ClockRule['read'] = ({ digits = '', half }) => clock(Number(digits.slice(0, -2)), Number(digits.slice(-2)), { half });
const words: ClockRule['read'] = ({ hour = '', minute, half }) => clock(hourOf(hour), minute === undefined ? 0 : hourOf(minute), { half });

/** "two to four" is a range; minutes are said in fives, or as minutes. */
function pastOrTo({ amount = '', unit, side = '', hour = '', half }: Groups): Clock | undefined {
  const minutes = /half/i.test(amount) ? 30 : /quarter/i.test(amount) ? 15 : (cardinal(amount) ?? Number.NaN);
  const base = clock(hourOf(hour), 0, { half });
  const isSaid = unit !== undefined || minutes % 5 === 0;
  if (base === undefined || !(minutes < 60) || !isSaid) return undefined;
  const shift = /past|after/i.test(side) ? minutes : -minutes;
  return { ...base, seconds: (base.seconds + shift * 60 + 86_400) % 86_400 };
}

const fixed = (hour: number): ClockRule['read'] => () => ({ seconds: hour * 3600, half: true });

/** Every way to name a time of day; where several fit, the longest phrase is meant. */
export const CLOCK_RULES: readonly ClockRule[] = [
  rule(`${LEAD}(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?(?:\\s*${HALF})?${OCLOCK}?`, exact),
  rule(`${LEAD}(?<hour>\\d{1,2})[.h](?<minute>\\d{2})\\s*${HALF}`, exact),
  rule('(?:at|around|by|from)\\s+(?<hour>\\d{1,2})[.h](?<minute>\\d{2})', exact),
  rule(`${LEAD}(?<hour>${HOUR})(?:\\s*-?ish)?\\s*${HALF}`, words),
  rule(`${LEAD}(?<hour>${HOUR})${OCLOCK}(?:\\s*${HALF})?`, words),
  rule(`${LEAD}(?<hour>${HOUR})\\s?-?ish`, words),
  rule(`${LEAD}(?<digits>\\d{3,4})\\s*${HALF}`, joined),
  rule(`${LEAD}(?<amount>half|(?:a\\s+)?quarter|\\d{1,2}|${CARDINAL_WORD})(?<unit>\\s*-?\\s*min(?:ute)?s?)?\\s+(?<side>past|to|after|before|till|of)\\s+(?<hour>${HOUR})${OCLOCK}?(?:\\s*${HALF})?`, pastOrTo),
  rule(`${LEAD}(?<hour>${HOUR_WORD})[\\s-]+(?<minute>${CARDINAL_WORD})(?:\\s+minutes?)?(?:\\s*${HALF})?`, words),
  rule(`(?:at|around|about|circa|@)\\s+(?<hour>${HOUR})${NOT_AN_HOUR}`, words),
  rule('(?:at\\s+|around\\s+)?(?:12\\s+)?(?:noon(?:time|ish)?|mid-?\\s?day)', fixed(12)),
  rule('(?:at\\s+|around\\s+)?(?:12\\s+)?mid-?\\s?night', fixed(0)),
  rule(`(?:from|between)\\s+(?<hour>${HOUR})(?=${RANGE_TO}${HOUR}\\b)(?!${RANGE_TO}${HOUR}${COUNTED})`, words),
  rule(`(?:from|between)\\s+(?<hour>${HOUR})(?=\\s+(?:in\\s+the|at\\s+night)\\b)`, words),
  rule(`(?<=\\b(?:from|between)\\s+${HOUR}(?:\\s*[ap]m)?${RANGE_TO})(?<hour>${HOUR})(?!${COUNTED})`, words),
];

export type DayPart = 'early morning' | 'morning' | 'lunch' | 'daytime' | 'afternoon' | 'dinner' | 'evening' | 'night';

/** Parts of a day by name. "This morning" and "tonight" also name today. */
const PARTS: readonly (readonly [string, DayPart])[] = [
  ['early\\s+(?:in\\s+the\\s+)?mornings?', 'early morning'],
  ['(?:late\\s+|mid-?\\s?)?mornings?', 'morning'],
  ['(?:early\\s+|late\\s+|mid-?\\s?)?afternoons?', 'afternoon'],
  ['(?:early\\s+|late\\s+)?evenings?', 'evening'],
  ['(?:late\\s+)?nights?', 'night'],
  ['lunch(?:\\s?time)?', 'lunch'],
  ['dinner(?:\\s?time)?', 'dinner'],
  ['day\\s?time', 'daytime'],
];

export const PART = new RegExp(`(?<!\\w)(?:(?:in|on|during|at|every|each|after|before)\\s+)?(?:(?:the|my)\\s+)?(?<today>this\\s+)?(?:${PARTS.map(([source], index) => `(?<p${index}>${source})`).join('|')})(?!\\w)|(?<tonight>\\btonight\\b)`, 'gi');

export function partOf(groups: Groups): DayPart | undefined {
  if (groups['tonight'] !== undefined) return 'night';
  return PARTS.find((_, index) => groups[`p${index}`] !== undefined)?.[1];
}

/** The time as the part of the day beside it means it: "at 7" in the evening is 19:00. */
export function inPart({ seconds, half }: Clock, part: DayPart): Clock {
  if (half) return { seconds, half };
  const hour = Math.floor(seconds / 3600);
  const hour12 = hour % 12;
  if (/morning/.test(part)) return { seconds: seconds - (hour - hour12) * 3600, half: true };
  if (part === 'night' && hour12 < 5) return { seconds: seconds - (hour - hour12) * 3600, half: true };
  return part === 'lunch' || part === 'daytime' ? { seconds, half } : { seconds: seconds + (hour12 + 12 - hour) * 3600, half: true };
}
