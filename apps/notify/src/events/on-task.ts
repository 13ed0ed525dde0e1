import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { FollowTask } from '../domain/use-cases/follow-task.js';
import { ForgetTask } from '../domain/use-cases/forget-task.js';

type TaskEvent = EventOf<'task.created'> | EventOf<'task.updated'> | EventOf<'task.completed'>;

/** What happens to tasks decides what there is to be reminded of. */
@Controller()
export class OnTask {
  constructor(
    private readonly followTask: FollowTask,
    private readonly forgetTask: ForgetTask,
  ) {}

  @EventPattern('task.created')
  async created(@Payload() event: EventOf<'task.created'>): Promise<void> {
    await this.follow(event);
  }

  @EventPattern('task.updated')
  async updated(@Payload() event: EventOf<'task.updated'>): Promise<void> {
    await this.follow(event);
  }

  @EventPattern('task.completed')
  async completed(@Payload() event: EventOf<'task.completed'>): Promise<void> {
    await this.follow(event);
  }

  @EventPattern('task.deleted')
  async deleted(@Payload() { userid, data, seq, time }: EventOf<'task.deleted'>): Promise<void> {
    await this.forgetTask.execute({ userId: userid, taskId: data.id, seq, at: new Date(time) });
  }

  private async follow({ userid, data, seq, time }: TaskEvent): Promise<void> {
    const timing = {
      startDate: data.start_date,
      rrule: data.recurring_pattern,
      wallTime: data.scheduled_time,
      timezone: data.timezone,
      dueDate: data.due_date === null ? null : new Date(data.due_date),
    };
    await this.followTask.execute({ userId: userid, taskId: data.id, seq, at: new Date(time), open: data.status === 'open', title: data.title, timing });
  }
}
