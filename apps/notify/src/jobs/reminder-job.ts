import { Injectable } from '@nestjs/common';
import { Logger } from '@selfos/observability';
import { JobHandler, type Job, type JobStep, type RunningJob } from '@selfos/work';
import { z } from 'zod';
import { REMINDER_KIND, type DueReminder } from '../domain/reminders/reminder.js';
import { Remind } from '../domain/use-cases/remind.js';

const payloadSchema = z.object({ task_id: z.uuid(), local_date: z.iso.date(), due_at: z.iso.datetime() });

/** One step: to remind, in the transaction that ends the job. */
@Injectable()
export class ReminderJob extends JobHandler {
  override readonly kind = REMINDER_KIND;
  override readonly steps: readonly JobStep[] = [{ name: 'remind', commit: (job) => this.remindOf(job) }];

  constructor(
    private readonly remind: Remind,
    private readonly logger: Logger,
  ) {
    super();
  }

  override async onFailed(job: Job): Promise<void> {
    if (job.userId !== undefined) await this.remind.passOver(job.userId, dueOf(job));
  }

  private async remindOf(job: RunningJob): Promise<void> {
    if (job.userId === undefined) return;
    const due = dueOf(job);
    const told = await this.remind.execute(job.userId, due);
    if (told !== undefined) this.logger.info('a reminder is due', { notification_id: told.id, task_id: due.taskId, local_date: due.localDate });
  }
}

function dueOf(job: Job): DueReminder {
  const { task_id: taskId, local_date: localDate, due_at: dueAt } = payloadSchema.parse(job.payload);
  return { taskId, localDate, dueAt: new Date(dueAt) };
}
