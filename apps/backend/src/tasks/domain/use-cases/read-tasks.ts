import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { fromCursor, pageOf } from '../../../cursor.js';
import { OccurrenceRepository } from '../occurrence/occurrence.repository.js';
import type { Occurrence } from '../occurrence/occurrence.js';
import { TaskNotFound } from '../task/task.errors.js';
import { TaskRepository } from '../task/task.repository.js';
import type { Task, TaskStatus } from '../task/task.js';

export interface PageOf<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A person's tasks and what they did, to look at. */
@Injectable()
export class ReadTasks {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly transaction: Transaction,
  ) {}

  async one(userId: Uuid, id: Uuid): Promise<Task> {
    const task = await this.transaction.run(() => this.tasks.find(userId, id));
    if (task === undefined) throw new TaskNotFound();
    return task;
  }

  async page(userId: Uuid, query: PageQuery & { status?: TaskStatus | undefined }): Promise<PageOf<Task>> {
    const filter = { status: query.status, after: afterOf(query), limit: query.limit + 1 };
    const found = await this.transaction.run(() => this.tasks.findPage(userId, filter));
    return pageOf(found, query.limit, ({ created_at, id }) => ({ at: created_at, id }));
  }

  async done(userId: Uuid, query: PageQuery & { from?: string | undefined; to?: string | undefined; task_id?: Uuid | undefined }): Promise<PageOf<Occurrence>> {
    const filter = { from: query.from, to: query.to, taskId: query.task_id, after: afterOf(query), limit: query.limit + 1 };
    const found = await this.transaction.run(() => this.occurrences.findPage(userId, filter));
    return pageOf(found, query.limit, ({ local_date, id }) => ({ at: local_date, id }));
  }
}

function afterOf({ cursor }: PageQuery): ReturnType<typeof fromCursor> | undefined {
  return cursor === undefined ? undefined : fromCursor(cursor);
}
