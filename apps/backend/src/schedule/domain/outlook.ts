import { Injectable } from '@nestjs/common';
import type { Inner, routes } from '@selfos/contracts';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { localDateAt, localDates } from '@selfos/recurrence';
import { GoalRepository, type Goal } from '../../goals/index.js';
import { isRecurring, OccurrenceRepository, recurrenceOf, TaskRepository, type Occurrence, type Task } from '../../tasks/index.js';

type Agenda = Inner<(typeof routes)['answerMessage']['body']>['agenda'];
type AgendaTask = Agenda['tasks'][number];

const DAYS_AHEAD = 14;
const DAYS_BACK = 7;
/** Also what is far ahead is before a person: the last day that there is. */
const LAST_DAY = '9998-12-31';
const MOST_TASKS = 100;
const MOST_GOALS = 50;
const MOST_DONE = 700;
const DAY_MS = 86_400_000;

/** What a person has before them, in few words and bounded: for whoever answers them. */
@Injectable()
export class Outlook {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly goals: GoalRepository,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** As of today in `timezone`. */
  async of(userId: Uuid, timezone: string): Promise<Agenda> {
    const today = localDateAt(this.clock.now(), timezone);
    const until = dayAfter(today, DAYS_AHEAD - 1);
    const [around, done, near] = await this.transaction.run(() =>
      Promise.all([
        this.tasks.findAround(userId, { date: today, until: LAST_DAY, limit: MOST_TASKS }),
        this.occurrences.findPage(userId, { from: dayAfter(today, -DAYS_BACK), to: today, limit: MOST_DONE }),
        this.goals.findActive(userId, MOST_GOALS),
      ]),
    );
    const doneOn = daysOf(done);
    const tasks = around.tasks.map((task) => shown(task, { today, until, done: doneOn.get(task.id) ?? [] })).toSorted(byUrgency).slice(0, MOST_TASKS);
    return { tasks, more_tasks: around.open - tasks.length, goals: near.goals.map(goalOf), more_goals: near.active - near.goals.length };
  }
}

function shown(task: Task, { today, until, done }: { today: string; until: string; done: string[] }): AgendaTask {
  const { id, title, life_areas, priority, recurring_pattern, start_date, scheduled_time, duration_minutes, due_date, parent_goal_id } = task;
  const due = localDates({ startDate: start_date, rrule: recurring_pattern ?? undefined }, today, until);
  return {
    id, title, life_areas, priority, recurring_pattern, recurrence: recurrenceOf(task), start_date, scheduled_time, duration_minutes, due_date, parent_goal_id,
    overdue: !isRecurring(task) && start_date < today, next: due.filter((date) => !done.includes(date)), done,
  };
}

/** What is overdue first, then what is due soonest; then the more important. */
function byUrgency(a: AgendaTask, b: AgendaTask): number {
  const day = (task: AgendaTask) => (task.overdue ? '' : (task.next[0] ?? '9999'));
  if (day(a) !== day(b)) return day(a) < day(b) ? -1 : 1;
  return b.priority - a.priority || (a.id < b.id ? -1 : 1);
}

function goalOf({ id, title, life_areas, target_date, progress, status }: Goal): Agenda['goals'][number] {
  return { id, title, life_areas, target_date, progress, status };
}

function daysOf(done: readonly Occurrence[]): Map<Uuid, string[]> {
  const days = new Map<Uuid, string[]>();
  for (const { task_id, local_date } of done.toReversed()) days.set(task_id, [...(days.get(task_id) ?? []), local_date]);
  return days;
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
