import type { Found } from './repeat.js';

/** A wall time HH:MM, and the minutes of a range such as "from 9 to 11". */
export interface ClockTime {
  readonly time: string;
  readonly minutes?: number;
  /** A second time of the same day: "at 8am and 8pm". */
  readonly also?: string;
}

interface DayPart {
  readonly pattern: RegExp;
  readonly time: string;
}

/** Parts of a day, the most exact first. */
const DAY_PARTS: readonly DayPart[] = [
  { pattern: /\bbefore (?:work|breakfast)\b|\bfirst thing(?: in the morning)?\b|\bwhen i wake up\b|\bafter waking(?: up)?\b/i, time: '06:45' },
  { pattern: /\b(?:at|with|over) breakfast\b/i, time: '07:30' },
  { pattern: /\bafter breakfast\b/i, time: '08:15' },
  { pattern: /\bbefore lunch\b/i, time: '11:30' },
  { pattern: /\bafter lunch\b/i, time: '13:15' },
  { pattern: /\b(?:at|during|over) (?:my )?lunch(?: ?(?:break|time))?\b|\blunch ?time\b/i, time: '12:30' },
  { pattern: /\b(?:at )?(?:noon|midday)\b/i, time: '12:00' },
  { pattern: /\b(?:at )?midnight\b/i, time: '00:00' },
  { pattern: /\bafter (?:work|school)\b/i, time: '18:00' },
  { pattern: /\bbefore dinner\b/i, time: '18:00' },
  { pattern: /\bafter (?:dinner|supper)\b/i, time: '20:00' },
  { pattern: /\b(?:before (?:bed(?:time)?|sleep(?:ing)?|going to bed)|at bedtime|in bed)\b/i, time: '21:30' },
  { pattern: /\bearly (?:in the )?mornings?\b/i, time: '06:00' },
  { pattern: /\b(?:(?:in|on|during) (?:the |my )?|this |every |each |tomorrow )?mornings?\b/i, time: '07:00' },
  { pattern: /\b(?:(?:in|on|during) (?:the )?|this |every |each )?afternoons?\b/i, time: '15:00' },
  { pattern: /\btonight\b/i, time: '20:00' },
  { pattern: /\b(?:(?:in|on|during) (?:the |my )?|this |every |each )?evenings?\b/i, time: '19:00' },
  { pattern: /\b(?:at |every |each )nights?\b|\bnightly\b/i, time: '21:00' },
];

const HOUR_WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'] as const;
const HALF = `(\\d{1,2})(?:[:.h](\\d{2}))?\\s*(am|pm|a\\.m\\.?|p\\.m\\.?|o'?clock)?`;
const RANGE = new RegExp(`\\b(?:from|between)\\s+${HALF}\\s*(?:to|until|till|and|-|–)\\s*${HALF}`, 'i');
/** "6-7pm": half a day is named once, at the end. */
const BARE_RANGE = /\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)\b/i;
const PAIR = /\b(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\s+and\s+(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)\b/i;
const EXACT = [
  /\b(?:(?:at|around|about|by|from|@)\s*)?(\d{1,2})[:.h](\d{2})\s*(am|pm|a\.m\.?|p\.m\.?)(?![a-z])/i,
  /\b(?:(?:at|around|about|by|from|@)\s*)?(\d{1,2})[:h](\d{2})()(?!\d)/i,
  /\b(?:(?:at|around|about|by|from|@)\s*)?(\d{1,2})()\s*(am|pm|a\.m\.?|p\.m\.?|o'?clock)(?![a-z])/i,
  /\b(?:at|around|@)\s+(\d{1,2})()()(?![\d:.%/]|\s*(?:minutes?|mins?|hours?|km|kg|euros?|dollars?|percent|times))/i,
] as const;
const SPOKEN = new RegExp(`\\b(?:at\\s+)?(half past|quarter past|quarter to)\\s+(\\d{1,2}|${HOUR_WORDS.join('|')})\\b|\\bat\\s+(${HOUR_WORDS.join('|')})(?:\\s+o'?clock)?\\b(?!\\s+(?:minutes|hours|days|times))`, 'i');

const RELATIVE = /\bin (?:about )?(?:(\d{1,3}|an?|two|three|four|five|ten|fifteen|twenty|thirty) (minutes?|mins?|hours?)|(half an hour))\b/i;
const DELAY_WORDS: Readonly<Record<string, number>> = { a: 1, an: 1, two: 2, three: 3, four: 4, five: 5, ten: 10, fifteen: 15, twenty: 20, thirty: 30 };

/** Minutes from now in "in two hours"; undefined when the phrase names none. */
export function readDelay(phrase: string): number | undefined {
  const match = RELATIVE.exec(phrase);
  if (match === null) return undefined;
  const amount = match[3] === undefined ? (DELAY_WORDS[(match[1] ?? '').toLowerCase()] ?? Number(match[1])) : 30;
  return /^h/i.test(match[2] ?? '') ? amount * 60 : amount;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const found = (match: RegExpMatchArray): Found => ({ text: match[0], start: match.index ?? 0, end: (match.index ?? 0) + match[0].length });

/** An hour without am or pm: with "evening" near it is late; else 1 to 6 are afternoon, as people mean them. */
function hourOf(raw: number, half: string, hint: string): number | undefined {
  if (raw > 24) return undefined;
  const meridiem = half.toLowerCase().replaceAll('.', '');
  if (meridiem === 'am') return raw === 12 ? 0 : raw;
  if (meridiem === 'pm') return raw >= 12 ? raw : raw + 12;
  if (raw > 12 || raw === 0) return raw % 24;
  if (/morning/i.test(hint)) return raw;
  if (/evening|night|afternoon|after work|after dinner/i.test(hint)) return raw === 12 ? raw : raw + 12;
  return raw < 7 ? raw + 12 : raw;
}

function wallTime(hourText: string, minuteText: string, style: { half: string; hint: string }): string | undefined {
  const exactMinute = minuteText !== '';
  const raw = Number(hourText);
  const hour = exactMinute && style.half === '' && hourText.length === 2 ? raw : hourOf(raw, style.half, style.hint);
  const minute = exactMinute ? Number(minuteText) : 0;
  return hour === undefined || hour > 23 || minute > 59 ? undefined : `${pad(hour)}:${pad(minute)}`;
}

function spokenTime(match: RegExpMatchArray, hint: string): string | undefined {
  const word = (match[2] ?? match[3] ?? '').toLowerCase();
  const raw = /^\d/.test(word) ? Number(word) : HOUR_WORDS.findIndex((name) => name === word) + 1;
  const base = hourOf(raw, '', hint);
  if (base === undefined) return undefined;
  const shift = { 'half past': 30, 'quarter past': 15, 'quarter to': -15 }[(match[1] ?? '').toLowerCase()] ?? 0;
  const minutes = (base * 60 + shift + 1440) % 1440;
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function readRange(match: RegExpMatchArray, hint: string): ClockTime | undefined {
  const [, fromHour = '', fromMinute = '', fromHalf = '', toHour = '', toMinute = '', toHalf = ''] = match;
  const time = wallTime(fromHour, fromMinute, { half: fromHalf === '' && /p/i.test(toHalf) && Number(fromHour) < Number(toHour) ? toHalf : fromHalf, hint });
  if (time === undefined) return undefined;
  const start = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const rawEnd = Number(toHour) * 60 + Number(toMinute);
  const end = rawEnd > start ? rawEnd : rawEnd + 720;
  return end > start && end - start <= 720 ? { time, minutes: end - start } : { time };
}

function readPair(match: RegExpMatchArray, hint: string): ClockTime | undefined {
  const [, hour = '', minute = '', half = '', nextHour = '', nextMinute = '', nextHalf = ''] = match;
  const time = wallTime(hour, minute, { half: half === '' ? nextHalf : half, hint });
  const also = wallTime(nextHour, nextMinute, { half: nextHalf, hint });
  return time === undefined || also === undefined ? undefined : { time, also };
}

/** Reads "at 6pm", "18:30", "half past six", "from 9 to 11" or "after lunch"; undefined when it names no time of day. */
export function readClockTime(phrase: string): ClockTime | undefined {
  const range = RANGE.exec(phrase) ?? BARE_RANGE.exec(phrase);
  if (range !== null) return readRange(range, phrase);
  const pair = PAIR.exec(phrase);
  if (pair !== null) return readPair(pair, phrase);
  for (const pattern of EXACT) {
    const match = pattern.exec(phrase);
    const time = match === null ? undefined : wallTime(match[1] ?? '', match[2] ?? '', { half: (match[3] ?? '').replace(/o'?clock/i, ''), hint: phrase });
    if (time !== undefined) return { time };
  }
  const spoken = SPOKEN.exec(phrase);
  const time = spoken === null ? DAY_PARTS.find(({ pattern }) => pattern.test(phrase))?.time : spokenTime(spoken, phrase);
  return time === undefined ? undefined : { time };
}

/** The exact time named in the text, and the part of the day named beside it. */
export function findClockTimes(text: string): Found[] {
  const exact = [RANGE, BARE_RANGE, PAIR, ...EXACT, SPOKEN, RELATIVE].map((pattern) => pattern.exec(text)).find((match) => match !== null && (readClockTime(match[0]) !== undefined || readDelay(match[0]) !== undefined));
  const part = DAY_PARTS.map(({ pattern }) => pattern.exec(text)).find((match) => match !== null);
  return [exact, part].flatMap((match) => (match === null || match === undefined ? [] : [found(match)]));
}

/** "Morning", "Midday", "Afternoon" or "Evening". */
export function partOfDay(time: string): string {
  if (time < '04:00') return 'Night';
  if (time < '11:00') return 'Morning';
  if (time < '14:00') return 'Midday';
  return time < '17:30' ? 'Afternoon' : 'Evening';
}
