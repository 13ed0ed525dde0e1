import { InvalidCron } from './recurrence.errors.js';
import { canonical, formatRule, parseRule, WEEKDAYS, type Rule, type Weekday } from './rule.js';
import { isWallTime, type WallTime } from './wall-time.js';

/** A cron line in our terms. */
export interface RuleAndTime {
  readonly rrule: string;
  readonly wallTime: WallTime;
}

const ALIASES: Readonly<Record<string, string>> = { '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@weekly': '0 0 * * 0', '@monthly': '0 0 1 * *' };
const CRON_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

function fail(detail: string): never {
  throw new InvalidCron({ detail, issues: [{ pointer: '/recurring_pattern', detail }] });
}

/**
 * Reads a five-field cron line (`minute hour day-of-month month day-of-week`) that fires at most once a day.
 * Throws {@link InvalidCron} for lines that no daily, weekly or monthly rule can say, with what to write instead.
 */
export function ruleFromCron(line: string): RuleAndTime {
  const fields = (ALIASES[line.trim().toLowerCase()] ?? line.trim().toUpperCase()).split(/\s+/);
  const [minute = '', hour = '', monthDay = '', month = '', weekDay = ''] = fields;
  if (fields.length !== 5) fail('A cron line has five fields: minute, hour, day of month, month, day of week; e.g. "0 7 * * 1-5".');
  if (month !== '*') fail('The month must be "*": yearly patterns are not supported.');
  const byMonthDay = monthDay === '*' ? [] : expand(monthDay, 1, 31);
  const byDay = weekDay === '*' ? [] : weekDays(weekDay);
  if (byMonthDay.length > 0 && byDay.length > 0) fail('Give days of the month or days of the week, not both.');
  return { rrule: formatRule(canonical({ freq: frequency(byMonthDay, byDay), interval: 1, byDay, byMonthDay })), wallTime: timeOf(minute, hour) };
}

/** The cron line of a rule at a time, or undefined when cron cannot say it (an interval, an end, the last day of a month, no days given). */
export function cronFromRule({ rrule, wallTime }: RuleAndTime): string | undefined {
  const rule = parseRule(rrule);
  if (!isWallTime(wallTime) || rule.interval !== 1 || rule.count !== undefined || rule.until !== undefined) return undefined;
  const at = `${Number(wallTime.slice(3))} ${Number(wallTime.slice(0, 2))}`;
  if (rule.freq === 'DAILY') return `${at} * * *`;
  if (rule.freq === 'WEEKLY') return rule.byDay.length === 0 ? undefined : `${at} * * ${rule.byDay.map((day) => WEEKDAYS.indexOf(day) + 1).join(',')}`;
  return rule.byMonthDay.length === 0 || rule.byMonthDay.includes(-1) ? undefined : `${at} ${rule.byMonthDay.join(',')} * *`;
}

function frequency(byMonthDay: readonly number[], byDay: readonly Weekday[]): Rule['freq'] {
  if (byMonthDay.length > 0) return 'MONTHLY';
  return byDay.length > 0 ? 'WEEKLY' : 'DAILY';
}

function timeOf(minute: string, hour: string): WallTime {
  const wallTime = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour) || !isWallTime(wallTime)) fail('Minute and hour must be one number each: a task happens at most once a day.');
  return wallTime;
}

function weekDays(field: string): Weekday[] {
  const numbers = CRON_DAYS.reduce((text, name, index) => text.replaceAll(name, String(index)), field);
  return expand(numbers, 0, 7).map((number) => WEEKDAYS[(number + 6) % 7] ?? fail('The day of the week goes from 0 (Sunday) to 7.'));
}

/** Numbers, ranges and lists of one field: `1-5`, `1,3,5`. Steps have no rule of their own and are refused. */
function expand(field: string, least: number, most: number): number[] {
  return field.split(',').flatMap((part) => {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part);
    const from = Number(match?.[1] ?? -1);
    const to = Number(match?.[2] ?? from);
    if (match === null || from < least || to > most || to < from) fail(`Use numbers from ${least} to ${most}, lists like "1,3" and ranges like "1-5"; steps like "*/2" are not supported.`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
