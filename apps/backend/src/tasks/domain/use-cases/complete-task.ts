import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { localDateAt } from '@selfos/recurrence';
import { People } from '../../../people/index.js';
import type { Occurrence } from '../occurrence/occurrence.js';
import { OccurrenceInFuture } from '../task/task.errors.js';
import { TaskRepository } from '../task/task.repository.js';
import { TaskBook } from '../task-book.js';

/** Completes a task for a local date, today unless said otherwise. Again gives the same occurrence. */
@Injectable()
export class CompleteTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly book: TaskBook,
    private readonly people: People,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, id: Uuid, done: { local_date?: string | undefined; minutes?: number | undefined }): Promise<Occurrence> {
    const today = localDateAt(this.clock.now(), await this.people.zoneOf(userId));
    return this.transaction.run(async () => {
      const task = await this.tasks.lock(userId, id);
      const latest = [today, localDateAt(this.clock.now(), task.timezone)].toSorted().at(-1) ?? today;
      const localDate = done.local_date ?? today;
      if (localDate > latest) throw new OccurrenceInFuture({ issues: [{ pointer: '/local_date', detail: `The latest day that can be completed is ${latest}.` }] });
      return (await this.book.complete(userId, task, { localDate, minutes: done.minutes })).occurrence;
    });
  }
}
