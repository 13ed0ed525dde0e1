/** A stretch of time; `to` is exclusive. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

const DAY = 86_400_000;
const AFTERWARDS = 31 * DAY;
const LONG = 300 * DAY;
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
// "may" is a month only after a word that leads to one: "what may help me?" is not about spring
const NAMED_MONTH = /\b(january|february|march|april|june|july|august|september|october|november|december|(?<=\b(?:in|of|since|during|last|this|early|late|mid|\d|st|nd|rd|th)[ -])may|may(?=,? (?:19|20)\d\d))\b/;
const NAMED_YEAR = /\b((?:19|20)\d\d)\b/;
const ISO_DAY = /\b(\d{4})-(\d\d)-(\d\d)\b/;

/** The stretch of time that a question names, seen from `now`; undefined when it names none. Days are those of UTC. */
export function periodOf(question: string, now: Date): Period | undefined {
  const words = question.toLowerCase();
  return isoDay(words) ?? relative(words, now) ?? calendar(words, now);
}

/** How near a moment is to a period: 1 inside, a half in the weeks after it, when people still speak of it, else 0; long periods say half as much. */
export function nearness(at: Date, { from, to }: Period): number {
  const time = at.getTime();
  const weight = to.getTime() - from.getTime() > LONG ? 0.5 : 1;
  if (time < from.getTime() || time >= to.getTime() + AFTERWARDS) return 0;
  return time < to.getTime() ? weight : weight / 2;
}

function isoDay(words: string): Period | undefined {
  const found = ISO_DAY.exec(words);
  return found === null ? undefined : days(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])), 1);
}

function relative(words: string, now: Date): Period | undefined {
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const monday = today - ((now.getUTCDay() + 6) % 7) * DAY;
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  if (/\byesterday\b/.test(words)) return days(today - DAY, 1);
  if (/\btoday\b/.test(words)) return days(today, 1);
  if (/\blast week\b/.test(words)) return days(monday - 7 * DAY, 7);
  if (/\bthis week\b/.test(words)) return days(monday, 7);
  if (/\blast month\b/.test(words)) return monthsFrom(year, month - 1, 1);
  if (/\bthis month\b/.test(words)) return monthsFrom(year, month, 1);
  if (/\blast year\b/.test(words)) return monthsFrom(year - 1, 0, 12);
  return /\bthis year\b/.test(words) ? monthsFrom(year, 0, 12) : undefined;
}

function calendar(words: string, now: Date): Period | undefined {
  const month = MONTHS.indexOf(NAMED_MONTH.exec(words)?.[1] ?? '');
  const year = NAMED_YEAR.exec(words)?.[1];
  if (month === -1) return year === undefined ? undefined : monthsFrom(Number(year), 0, 12);
  if (year !== undefined) return monthsFrom(Number(year), month, 1);
  const thisYear = now.getUTCFullYear();
  return monthsFrom(month > now.getUTCMonth() ? thisYear - 1 : thisYear, month, 1);
}

function days(from: number, count: number): Period {
  return { from: new Date(from), to: new Date(from + count * DAY) };
}

function monthsFrom(year: number, month: number, count: number): Period {
  return { from: new Date(Date.UTC(year, month, 1)), to: new Date(Date.UTC(year, month + count, 1)) };
}
