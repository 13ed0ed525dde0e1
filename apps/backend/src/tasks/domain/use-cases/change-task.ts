import { Injectable } from '@nestjs/common';
import type { Inner, routes } from '@selfos/contracts';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { localDateAt } from '@selfos/recurrence';
import { OccurrenceRepository } from '../occurrence/occurrence.repository.js';
import { TaskVersionMismatch } from '../task/task.errors.js';
import { TaskRepository } from '../task/task.repository.js';
import { isRecurring, readRecurrence, type Task, type TaskChange } from '../task/task.js';
import { TaskBook } from '../task-book.js';

export type TaskChangeRequest = Inner<(typeof routes)['changeTask']['body']>;

/** The version that the person has seen, or `*` for whichever there is. */
export interface SeenTask {
  readonly id: Uuid;
  readonly version: number | '*';
}

/** Changes a task from the version that was seen. Setting `completed` or `open` on one that does not recur does or undoes it. */
@Injectable()
export class ChangeTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly book: TaskBook,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, seen: SeenTask, request: TaskChangeRequest): Promise<Task> {
    const change = read(request);
    return this.transaction.run(async () => {
      const task = await this.tasks.lock(userId, seen.id);
      if (seen.version !== '*' && seen.version !== task.version) throw new TaskVersionMismatch();
      const { status, ...rest } = change;
      const moved = status !== undefined && status !== task.status && !isRecurring(task) ? await this.moveOnce(userId, task, status) : undefined;
      if (moved === undefined) return this.book.change(userId, task, change);
      return Object.keys(rest).length === 0 ? moved : this.book.change(userId, moved, rest);
    });
  }

  /** For tasks that do not recur, `completed` and `open` mean the one occurrence. Undefined: no occurrence is concerned. */
  private async moveOnce(userId: Uuid, task: Task, status: Task['status']): Promise<Task | undefined> {
    if (status === 'completed') {
      await this.book.complete(userId, task, { localDate: localDateAt(this.clock.now(), task.timezone) });
      return this.tasks.lock(userId, task.id);
    }
    if (status !== 'open' || task.status !== 'completed') return undefined;
    const [done] = await this.occurrences.findPage(userId, { taskId: task.id, limit: 1 });
    if (done === undefined) return undefined;
    await this.book.reopen(userId, done, true);
    return this.tasks.lock(userId, task.id);
  }
}

function read(request: TaskChangeRequest): TaskChange {
  const { recurring_pattern: pattern, ...rest } = request;
  if (pattern === undefined) return rest;
  if (pattern === null) return { ...rest, recurring_pattern: null };
  const { rrule, wallTime } = readRecurrence(pattern);
  return { ...(wallTime === undefined ? {} : { scheduled_time: wallTime }), ...rest, recurring_pattern: rrule };
}
