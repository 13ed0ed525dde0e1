import { Transaction } from '@selfos/persistence';
import { Injectable } from '@nestjs/common';
import { Bookings } from '../reminders/bookings.js';
import type { FollowedTask } from '../reminders/followed-task.js';
import { FollowedTaskRepository } from '../reminders/followed-task.repository.js';

export interface TaskGone {
  readonly userId: string;
  readonly taskId: string;
  readonly seq: number;
  readonly at: Date;
}

/** A deleted task reminds of nothing, also when events from before its deletion arrive after it. */
@Injectable()
export class ForgetTask {
  constructor(
    private readonly transaction: Transaction,
    private readonly tasks: FollowedTaskRepository,
    private readonly bookings: Bookings,
  ) {}

  async execute(gone: TaskGone): Promise<void> {
    await this.transaction.run(async () => {
      const known = await this.tasks.findLocked(gone.userId, gone.taskId);
      if (known !== undefined && known.seq >= gone.seq) return;
      await this.bookings.rebook(tombstone(gone, known), gone.at);
    });
  }
}

function tombstone({ userId, taskId, seq }: TaskGone, known: FollowedTask | undefined): FollowedTask {
  const timing = { startDate: '1970-01-01', rrule: null, wallTime: null, timezone: 'UTC', dueDate: null };
  return { userId, taskId, seq, status: 'deleted', title: null, timing, bookedFor: known?.bookedFor ?? null };
}
