import { Injectable } from '@nestjs/common';
import type { Inner, routes } from '@selfos/contracts';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { instantOf, localDateAt, localDates } from '@selfos/recurrence';
import { People } from '../../people/index.js';
import { isRecurring, OccurrenceRepository, TaskRepository, viewOf, type Occurrence, type Task } from '../../tasks/index.js';

export type Agenda = Inner<(typeof routes)['getToday']['response']>;
type AgendaItem = Agenda['items'][number];

/** Of each kind that is looked at, and of all that is shown. */
const MOST = 200;

/** What is due today in the person's time zone, with what of it is done, bounded. Open tasks of earlier days that do not recur are overdue. */
@Injectable()
export class Today {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly people: People,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid): Promise<Agenda> {
    const timezone = await this.people.zoneOf(userId);
    const date = localDateAt(this.clock.now(), timezone);
    const { around, closed, done } = await this.transaction.run(async () => {
      const [found, open] = await Promise.all([
        this.occurrences.findPage(userId, { from: date, to: date, limit: MOST }),
        this.tasks.findAround(userId, { date, until: date, limit: MOST }),
      ]);
      const others = found.map(({ task_id }) => task_id).filter((id) => !open.tasks.some((task) => task.id === id));
      return { done: found, around: open, closed: await this.tasks.findAll(userId, others) };
    });
    const due = [...closed, ...around.tasks].flatMap((task) => itemOf(task, date, done));
    const items = [...due.filter(({ overdue }) => !overdue), ...due.filter(({ overdue }) => overdue)].slice(0, MOST);
    return { date, timezone, items: items.toSorted(byTime), more: around.open - around.tasks.length + due.length - items.length };
  }
}

function itemOf(task: Task, date: string, done: readonly Occurrence[]): AgendaItem[] {
  const occurrence = done.find((one) => one.task_id === task.id) ?? null;
  const localDate = isRecurring(task) || occurrence !== null ? date : task.start_date;
  const due = occurrence !== null || !isRecurring(task) || isDueOn(task, date);
  if (!due) return [];
  const at = task.scheduled_time === null ? undefined : instantOf(localDate, task.scheduled_time, task.timezone);
  return [{ task: viewOf(task), local_date: localDate, scheduled_at: at?.toISOString() ?? null, overdue: occurrence === null && localDate < date, occurrence }];
}

function isDueOn(task: Task, date: string): boolean {
  return localDates({ startDate: task.start_date, rrule: task.recurring_pattern ?? undefined }, date, date).length > 0;
}

/** By time of day, tasks without one last; then the more important first. */
function byTime(a: AgendaItem, b: AgendaItem): number {
  const [left, right] = [a, b].map(({ scheduled_at }) => scheduled_at ?? '9999');
  if (left !== right) return (left ?? '') < (right ?? '') ? -1 : 1;
  return b.task.priority - a.task.priority || (a.task.id < b.task.id ? -1 : 1);
}
