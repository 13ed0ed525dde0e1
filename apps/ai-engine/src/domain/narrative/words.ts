import type { LifeArea } from '@selfos/kernel';
import { Temporal } from 'temporal-polyfill';
import { list } from '../planning/phrases.js';
import { MONTH_NAMES } from '../time/words.js';
import { datesOf, DAYS_OF_WEEK, weekdayName, type OccurrenceEvidence, type Period } from './evidence.js';

export const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'] as const;

export const AREA_NAMES: Readonly<Record<LifeArea, string>> = {
  health: 'Health', career: 'Career', relationships: 'Relationships', creativity: 'Creativity', finance: 'Finance', personal_growth: 'Personal growth', spirituality: 'Spirituality',
};

/** Up to twelve in words, above in figures. */
export function numberWord(value: number): string {
  return NUMBER_WORDS[value] ?? String(value);
}

export function timesWord(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${numberWord(count)} times`;
}

export function counted(value: number, one: string, many = `${one}s`): string {
  return `${numberWord(value)} ${value === 1 ? one : many}`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** "2 to 8 March 2026", "28 February to 6 March 2026" */
export function periodWords({ start, end }: Period): string {
  const from = Temporal.PlainDate.from(start);
  const to = Temporal.PlainDate.from(end);
  const month = (day: Temporal.PlainDate): string => MONTH_NAMES[day.month - 1] ?? '';
  const year = from.year === to.year ? '' : ` ${from.year}`;
  const first = from.month === to.month && from.year === to.year ? String(from.day) : `${from.day} ${month(from)}${year}`;
  return `${first} to ${to.day} ${month(to)} ${to.year}`;
}

/** "on Monday, Wednesday and Friday", or "every day" when it was all seven. */
export function daysWords(items: readonly OccurrenceEvidence[]): string {
  const dates = datesOf(items);
  return dates.length === DAYS_OF_WEEK ? 'every day' : `on ${list(dates.map(weekdayName))}`;
}

/** A title short enough for a scene, cut at a word. */
export function shortTitle(title: string, longest = 70): string {
  const clean = title.replace(/\s+/g, ' ').trim();
  if (clean.length <= longest) return clean;
  const cut = clean.slice(0, longest - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
}
