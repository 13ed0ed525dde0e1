import type { LifeArea } from '@selfos/kernel';
import { Temporal } from 'temporal-polyfill';
import { DAY_NAMES } from '../time/words.js';

/** A fact a story may rest on. Dates are local, YYYY-MM-DD. */
export type Evidence =
  | { readonly kind: 'occurrence'; readonly id: string; readonly taskId: string; readonly title: string; readonly lifeAreas: readonly LifeArea[]; readonly date: string; readonly minutes: number }
  | { readonly kind: 'goal'; readonly id: string; readonly title: string; readonly lifeAreas: readonly LifeArea[]; readonly date: string; readonly achieved: boolean; readonly progress: number };

export type OccurrenceEvidence = Extract<Evidence, { kind: 'occurrence' }>;
export type GoalEvidence = Extract<Evidence, { kind: 'goal' }>;

/** The first and last local date of the story, both inclusive. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

export interface Material {
  readonly period: Period;
  readonly evidence: readonly Evidence[];
}

export const DAYS_OF_WEEK = 7;

export function occurrencesOf({ evidence }: Material): OccurrenceEvidence[] {
  return evidence.filter((item): item is OccurrenceEvidence => item.kind === 'occurrence').sort((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
}

export function goalsOf({ evidence }: Material): GoalEvidence[] {
  return evidence.filter((item): item is GoalEvidence => item.kind === 'goal');
}

export function weekdayName(date: string): string {
  return DAY_NAMES[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? '';
}

export function sumOfMinutes(items: readonly OccurrenceEvidence[]): number {
  return items.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** The dates, each once, in order. */
export function datesOf(items: readonly OccurrenceEvidence[]): string[] {
  return [...new Set(items.map(({ date }) => date))].sort();
}

/** The minutes of each of the seven days from the start of the period. */
export function minutesByDay({ period, evidence }: Material): number[] {
  const start = Temporal.PlainDate.from(period.start);
  const items = occurrencesOf({ period, evidence });
  return Array.from({ length: DAYS_OF_WEEK }, (_, index) => sumOfMinutes(items.filter(({ date }) => date === start.add({ days: index }).toString())));
}

/** Groups in order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
