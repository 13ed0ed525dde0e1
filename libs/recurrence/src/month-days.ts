import type { Rule } from './rule.js';
import type { LocalDate } from './wall-time.js';

const LAST_MONTH = 9999 * 12 + 11;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FEBRUARY = 1;

/**
 * Whether a monthly rule that begins on `startDate` comes due once more after `date`, before the year 10000: every 12 months on the
 * 30th from a February on, it never does, and whoever looks for its next date would look for ever.
 */
export function monthComesAfter(rule: Pick<Rule, 'interval' | 'byMonthDay'>, startDate: LocalDate, date: LocalDate): boolean {
  const [start, here] = [monthOf(startDate), monthOf(date)];
  const steps = Math.max(0, Math.ceil((here - start) / rule.interval));
  for (let month = start + steps * rule.interval; month <= LAST_MONTH; month += rule.interval) {
    const past = month === here ? Number(date.slice(8)) : 0;
    const length = lengthOf(month);
    if (rule.byMonthDay.some((day) => (day === -1 ? length : day) > past && day <= length)) return true;
  }
  return false;
}

/** Months since the year 0. */
function monthOf(date: LocalDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

function lengthOf(month: number): number {
  const year = Math.floor(month / 12);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS[month % 12] ?? 31) + (isLeap && month % 12 === FEBRUARY ? 1 : 0);
}
