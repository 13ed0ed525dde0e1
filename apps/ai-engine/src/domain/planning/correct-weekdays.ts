import { Temporal } from 'temporal-polyfill';
import { DAY_NAMES, MONTH_NAMES } from '../time/words.js';
import type { Plan } from './plan.js';

type Groups = Readonly<Record<string, string | undefined>>;
type Today = Temporal.PlainDate;

const short = (names: readonly string[]): string => names.map((name) => `${name}|${name.slice(0, 3)}`).join('|');
const WEEKDAY = `(?<weekday>(?:${short(DAY_NAMES)}|tues|thur|thurs)\\b\\.?)`;
const MONTH = `(?<month>(?:${short(MONTH_NAMES)}|sept)\\b\\.?)`;
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?\\b';
const YEAR = '(?:,? (?<year>\\d{4})\\b)?';
const ISO = '(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})\\b';
const RELATIVE = '(?<relative>today|tomorrow|yesterday|the day after tomorrow)';
/** What stands between a date and the weekday behind it. */
const IS = '(?<between>,? \\(|, (?:which |that )?(?:is|falls on|will be|was) (?:an? )?|,? (?:is|falls on|will be|was) (?:an? )?(?:on )?)';

/** Where weekdays stand with dates: "Monday, 6 March", "Mon, Mar 6", "6 March (Monday)", "2026-03-06 is a Monday", "tomorrow (Monday)". */
const PAIRS: readonly RegExp[] = [
  `\\b${WEEKDAY}(?<between>,? (?:the )?|\\s\\()${DAY}(?: of)? ${MONTH}${YEAR}`,
  `\\b${WEEKDAY}(?<between>,? |\\s\\()${MONTH} ${DAY}${YEAR}`,
  `\\b${WEEKDAY}(?<between>,? |\\s\\()${ISO}`,
  `\\b${DAY}(?: of)? ${MONTH}${YEAR}${IS}${WEEKDAY}`,
  `\\b${MONTH} ${DAY}${YEAR}${IS}${WEEKDAY}`,
  `\\b${ISO}${IS}${WEEKDAY}`,
  `\\b${RELATIVE}(?<between>,? \\(|, )${WEEKDAY}(?!,? (?:the )?(?:\\d|${short(MONTH_NAMES)}))`,
  `\\b${WEEKDAY}(?<between> \\()${RELATIVE}\\b`,
].map((source) => new RegExp(source, 'gid'));

/** Puts the right weekday beside every date in a text, as the calendar has it. A date without a year is the next one, or the last if it fits. */
export function correctWeekdays(text: string, today: Today): string {
  return PAIRS.reduce((corrected, pattern) => {
    const matches = [...corrected.matchAll(pattern)].reverse();
    return matches.reduce((whole, match) => withRightDay(whole, match, today), corrected);
  }, text);
}

/** Every word of a plan that is shown, with its weekdays put right. */
export function correctPlan(plan: Plan, today: Today): Plan {
  const right = (text: string): string => correctWeekdays(text, today);
  return {
    ...plan,
    reply: right(plan.reply),
    tasks: plan.tasks.map((task) => ({ ...task, title: right(task.title), ...(task.description === undefined ? {} : { description: right(task.description) }) })),
    goals: plan.goals.map((goal) => ({
      ...goal, title: right(goal.title), vision: right(goal.vision), successMetrics: goal.successMetrics.map(right),
      milestones: goal.milestones.map((milestone) => ({ ...milestone, title: right(milestone.title) })),
    })),
    assumptions: plan.assumptions.map(right),
  };
}

function withRightDay(text: string, match: RegExpExecArray, today: Today): string {
  const groups: Groups = match.groups ?? {};
  const place = match.indices?.groups?.['weekday'];
  const said = groups['weekday'] ?? '';
  const days = daysMeant(groups, today).map(({ dayOfWeek }) => DAY_NAMES[dayOfWeek - 1] ?? '');
  if (place === undefined || days[0] === undefined || days.some((day) => day.slice(0, 3).toLowerCase() === said.slice(0, 3).toLowerCase())) return text;
  return `${text.slice(0, place[0])}${inForm(days[0], said)}${text.slice(place[1])}`;
}

/** As long or as short as it was written, with its point and its capitals. */
function inForm(day: string, said: string): string {
  const long = said.replace('.', '').length > 5 || DAY_NAMES.some((name) => name.toLowerCase() === said.toLowerCase());
  const name = long ? day : `${day.slice(0, 3)}${said.endsWith('.') ? '.' : ''}`;
  return said === said.toLowerCase() ? name.toLowerCase() : said === said.toUpperCase() ? name.toUpperCase() : name;
}

const AWAY: Readonly<Record<string, number>> = { today: 0, tomorrow: 1, yesterday: -1, 'the day after tomorrow': 2 };

/** The days that a date may be, the likelier first; none when there is no such date. */
function daysMeant({ relative, year, month = '', day }: Groups, today: Today): Today[] {
  if (relative !== undefined) return [today.add({ days: AWAY[relative.toLowerCase()] ?? 0 })];
  const number = /^\d/.test(month) ? Number(month) : MONTH_NAMES.findIndex((name) => name.slice(0, 3).toLowerCase() === month.slice(0, 3).toLowerCase()) + 1;
  const years = year === undefined ? [today.year - 1, today.year, today.year + 1] : [Number(year)];
  const days = years.flatMap((one) => dayOf(one, number, Number(day)) ?? []);
  if (year !== undefined) return days;
  const isAhead = (one: Today): boolean => Temporal.PlainDate.compare(one, today) >= 0;
  return [days.find(isAhead), days.filter((one) => !isAhead(one)).at(-1)].flatMap((one) => one ?? []);
}

function dayOf(year: number, month: number, day: number): Today | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
