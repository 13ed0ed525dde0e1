import type { SealedCopyJson } from '@selfos/contracts';
import { Transaction } from '@selfos/persistence';
import { Injectable } from '@nestjs/common';
import { Bookings } from '../reminders/bookings.js';
import { sameTiming, type FollowedTask, type TaskTiming } from '../reminders/followed-task.js';
import { FollowedTaskRepository } from '../reminders/followed-task.repository.js';

/** A task as an event told it, at `at` in domain time. */
export interface TaskNews {
  readonly userId: string;
  readonly taskId: string;
  readonly seq: number;
  readonly at: Date;
  readonly open: boolean;
  readonly title: SealedCopyJson;
  readonly timing: TaskTiming;
}

/** Books, moves or cancels a task's reminder as the task appears, changes or ends. */
@Injectable()
export class FollowTask {
  constructor(
    private readonly transaction: Transaction,
    private readonly tasks: FollowedTaskRepository,
    private readonly bookings: Bookings,
  ) {}

  async execute(news: TaskNews): Promise<void> {
    await this.transaction.run(async () => {
      const known = await this.tasks.findLocked(news.userId, news.taskId);
      if (known !== undefined && known.seq >= news.seq) return;
      const task = followed(news, known);
      if (known !== undefined && known.status === task.status && sameTiming(known.timing, task.timing)) return this.tasks.save(task);
      // Occurrences between the event and its arrival here are told too, late: hence from the event's time on, not from now.
      await this.bookings.rebook(task, new Date(news.at.getTime() - 1));
    });
  }
}

function followed(news: TaskNews, known: FollowedTask | undefined): FollowedTask {
  const { userId, taskId, seq, title, timing } = news;
  return { userId, taskId, seq, title, timing, status: news.open ? 'open' : 'closed', bookedFor: known?.bookedFor ?? null };
}
