import { Transaction } from '@selfos/persistence';
import { Injectable } from '@nestjs/common';
import { Bookings } from '../reminders/bookings.js';
import { FollowedTaskRepository } from '../reminders/followed-task.repository.js';

export interface OccurrenceNews {
  readonly userId: string;
  readonly taskId: string;
  readonly localDate: string;
  readonly seq: number;
  readonly at: Date;
  /** False when a completion was taken back. */
  readonly done: boolean;
}

/** What is done needs no reminder; what was reopened in time gets one again. */
@Injectable()
export class NoteOccurrence {
  constructor(
    private readonly transaction: Transaction,
    private readonly tasks: FollowedTaskRepository,
    private readonly bookings: Bookings,
  ) {}

  async execute(news: OccurrenceNews): Promise<void> {
    const { userId, taskId } = news;
    await this.transaction.run(async () => {
      const task = await this.tasks.findLocked(userId, taskId);
      const isNews = await this.tasks.saveOccurrence(userId, news);
      if (!isNews || task === undefined) return;
      const concerned = news.done ? task.bookedFor === news.localDate : task.status === 'open';
      if (concerned) await this.bookings.rebook(task, news.at);
    });
  }
}
