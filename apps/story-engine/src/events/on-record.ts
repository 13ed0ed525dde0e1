import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import type { Evidence } from '../domain/evidence/evidence.js';
import { EvidenceRepository } from '../domain/evidence/evidence.repository.js';

type GoalEvent = EventOf<'goal.created'> | EventOf<'goal.updated'> | EventOf<'goal.achieved'>;

const NOTHING = { taskId: undefined, minutes: undefined, achieved: undefined, progress: undefined, localDate: undefined, title: undefined, lifeAreas: [] } as const;

/** Projects what was done into evidence; the newest word about each thing stands. */
@Controller()
export class OnRecord {
  constructor(private readonly evidence: EvidenceRepository) {}

  @EventPattern('occurrence.completed')
  async completed(@Payload() event: EventOf<'occurrence.completed'>): Promise<void> {
    const { data } = event;
    if (data.status !== 'completed') return;
    await this.evidence.project({
      ...this.about(event, 'occurrence'),
      title: data.title,
      lifeAreas: data.life_areas,
      happenedAt: new Date(data.completed_at),
      localDate: data.local_date,
      taskId: data.task_id,
      minutes: data.minutes,
    });
  }

  @EventPattern('occurrence.reopened')
  async reopened(@Payload() event: EventOf<'occurrence.reopened'>): Promise<void> {
    await this.evidence.remove({ id: event.data.id, userId: event.userid, kind: 'occurrence', seq: event.seq });
  }

  @EventPattern('goal.created')
  async goalCreated(@Payload() event: EventOf<'goal.created'>): Promise<void> {
    await this.goal(event);
  }

  @EventPattern('goal.updated')
  async goalUpdated(@Payload() event: EventOf<'goal.updated'>): Promise<void> {
    await this.goal(event);
  }

  @EventPattern('goal.achieved')
  async goalAchieved(@Payload() event: EventOf<'goal.achieved'>): Promise<void> {
    await this.goal(event);
  }

  @EventPattern('goal.deleted')
  async goalDeleted(@Payload() event: EventOf<'goal.deleted'>): Promise<void> {
    await this.evidence.remove({ id: event.data.id, userId: event.userid, kind: 'goal', seq: event.seq });
  }

  @EventPattern('media.uploaded')
  async mediaUploaded(@Payload() event: EventOf<'media.uploaded'>): Promise<void> {
    await this.evidence.project({ ...this.about(event, 'media'), happenedAt: new Date(event.data.taken_at ?? event.time) });
  }

  private async goal(event: GoalEvent): Promise<void> {
    const { title, life_areas: lifeAreas, status, progress, achieved_at: achievedAt } = event.data;
    await this.evidence.project({ ...this.about(event, 'goal'), title, lifeAreas, happenedAt: new Date(achievedAt ?? event.time), achieved: status === 'achieved', progress });
  }

  private about(event: { readonly data: { readonly id: string }; readonly userid: string; readonly seq: number; readonly time: string }, kind: Evidence['kind']): Evidence {
    return { ...NOTHING, id: event.data.id, userId: event.userid, kind, seq: event.seq, gone: false, happenedAt: new Date(event.time) };
  }
}
