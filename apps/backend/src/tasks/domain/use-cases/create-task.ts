import { Injectable } from '@nestjs/common';
import type { Inner, routes } from '@selfos/contracts';
import { Clock, uuidv7, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { localDateAt } from '@selfos/recurrence';
import { People } from '../../../people/index.js';
import { readRecurrence, type Task } from '../task/task.js';
import { TaskBook } from '../task-book.js';

export type TaskRequest = Inner<(typeof routes)['createTask']['body']>;

/** Creates a task as its owner described it; what is left open is filled in: their zone, today, the time of a cron line. */
@Injectable()
export class CreateTask {
  constructor(
    private readonly book: TaskBook,
    private readonly people: People,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, request: TaskRequest): Promise<Task> {
    const timezone = request.timezone ?? (await this.people.zoneOf(userId));
    const recurrence = request.recurring_pattern === null ? undefined : readRecurrence(request.recurring_pattern);
    const start = request.due_date !== null && recurrence === undefined ? new Date(request.due_date) : this.clock.now();
    const draft = {
      ...request,
      id: request.id ?? uuidv7(),
      description: request.description ?? null,
      timezone,
      recurring_pattern: recurrence?.rrule ?? null,
      scheduled_time: request.scheduled_time ?? recurrence?.wallTime ?? null,
      start_date: request.start_date ?? localDateAt(start, timezone),
    };
    return this.transaction.run(() => this.book.add(userId, draft, null));
  }
}
