import type { LifeArea } from '@selfos/kernel';
import type { Origin } from '../../safety/provenance.js';

/** An open task of the person, as the backend tells it. */
export interface AgendaTask {
  readonly id: string;
  readonly title: string;
  readonly areas: readonly LifeArea[];
  /** RRULE value; absent for a single occurrence. */
  readonly rrule?: string;
  /** Wall time HH:MM; absent for one without a time. */
  readonly time?: string;
  readonly minutes: number;
  /** Local dates, YYYY-MM-DD, of the coming 14 days on which it is due and not yet done, in order. Today is the first of those days. */
  readonly due: readonly string[];
  /** Local dates of the last seven days, today among them, on which it was done. */
  readonly done: readonly string[];
  /** The local date it was planned for; of a series, the first. */
  readonly date?: string;
  /** It does not recur, and its day has passed. */
  readonly overdue?: boolean;
  /** The goal it serves. */
  readonly goalId?: string;
  readonly origin?: Origin;
}

export interface AgendaGoal {
  readonly id: string;
  readonly title: string;
  /** Local date. */
  readonly targetDate: string;
  /** 0 to 1. */
  readonly progress: number;
  readonly origin?: Origin;
}

/** What the person has to do and wants to reach: the only source of numbers about either. */
export interface Agenda {
  readonly tasks: readonly AgendaTask[];
  readonly goals: readonly AgendaGoal[];
  /** How many open tasks there are besides these, the least urgent. */
  readonly moreTasks?: number;
}

export interface Cite {
  readonly kind: 'task' | 'goal';
  readonly id: string;
}

/** How many days ahead the agenda knows, today among them. */
export const DAYS_AHEAD = 14;
/** How many days back it knows what was done, today among them. */
export const DAYS_BACK = 7;
export const NO_AGENDA: Agenda = { tasks: [], goals: [] };
