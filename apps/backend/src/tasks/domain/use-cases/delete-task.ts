import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { TaskVersionMismatch } from '../task/task.errors.js';
import { TaskRepository } from '../task/task.repository.js';
import { TaskBook } from '../task-book.js';
import type { SeenTask } from './change-task.js';

/** Deletes a task from the version that was seen. What was done of it stays. */
@Injectable()
export class DeleteTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly book: TaskBook,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, seen: SeenTask): Promise<void> {
    await this.transaction.run(async () => {
      const task = await this.tasks.lock(userId, seen.id);
      if (seen.version !== '*' && seen.version !== task.version) throw new TaskVersionMismatch();
      await this.book.remove(userId, task);
    });
  }
}
