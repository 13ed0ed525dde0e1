import { parseRule } from '@selfos/recurrence';
import { Temporal } from 'temporal-polyfill';
import { DAY_NAMES, MONTH_NAMES, WEEKDAYS } from '../time/words.js';

/** "today", "tomorrow" or "Friday 6 March": always the weekday that the date has. */
export function dayWords(date: string, today: Temporal.PlainDate): string {
  const day = Temporal.PlainDate.from(date);
  const away = day.since(today).days;
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  const year = day.year === today.year ? '' : ` ${day.year}`;
  return `${DAY_NAMES[day.dayOfWeek - 1] ?? ''} ${day.day} ${MONTH_NAMES[day.month - 1] ?? ''}${year}`;
}

function monthlyWords({ interval, byMonthDay }: ReturnType<typeof parseRule>): string {
  if (interval > 1) return interval === 12 ? 'every year' : `every ${interval} months`;
  return byMonthDay.length === 0 ? 'every month' : `every month on day ${byMonthDay.join(' and ').replace('-1', 'the last')}`;
}

/** A rule as one says it: "every day", "on Monday, Wednesday and Friday", "every other Tuesday". */
export function repeatWords(rrule: string): string {
  const rule = parseRule(rrule);
  const days = list(rule.byDay.map((code) => DAY_NAMES[WEEKDAYS.indexOf(code)] ?? ''));
  if (rule.freq === 'MONTHLY') return monthlyWords(rule);
  if (rule.freq === 'DAILY') return rule.interval === 1 ? 'every day' : rule.interval === 2 ? 'every other day' : `every ${rule.interval} days`;
  if (rule.interval === 2 && days !== '') return `every other ${days}`;
  const pace = rule.interval === 1 ? 'every week' : `every ${rule.interval} weeks`;
  if (days === '') return pace;
  if (rule.interval > 1) return `${pace} on ${days}`;
  return days === 'Monday, Tuesday, Wednesday, Thursday and Friday' ? 'on weekdays' : rule.byDay.length === 1 ? `every ${days}` : `on ${days}`;
}

export function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
