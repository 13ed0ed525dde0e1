import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { NoteOccurrence } from '../domain/use-cases/note-occurrence.js';

/** What is done, or not done after all. */
@Controller()
export class OnOccurrence {
  constructor(private readonly noteOccurrence: NoteOccurrence) {}

  @EventPattern('occurrence.completed')
  async completed(@Payload() event: EventOf<'occurrence.completed'>): Promise<void> {
    await this.note(event, true);
  }

  @EventPattern('occurrence.reopened')
  async reopened(@Payload() event: EventOf<'occurrence.reopened'>): Promise<void> {
    await this.note(event, false);
  }

  private async note({ userid, data, seq, time }: EventOf<'occurrence.completed'> | EventOf<'occurrence.reopened'>, done: boolean): Promise<void> {
    await this.noteOccurrence.execute({ userId: userid, taskId: data.task_id, localDate: data.local_date, seq, at: new Date(time), done });
  }
}
