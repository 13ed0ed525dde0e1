import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import type { PlannedMemory } from '../domain/plans/plan-book.js';
import { NotePlan } from '../domain/use-cases/note-plan.js';

type PlanEvent = EventOf<'plan.applied'> | EventOf<'plan.undone'>;

/** What a plan remembers and forgets follows it, there and back. */
@Controller()
export class OnPlan {
  constructor(private readonly notePlan: NotePlan) {}

  @EventPattern('plan.applied')
  async applied(@Payload() event: EventOf<'plan.applied'>): Promise<void> {
    await this.note(event, 'applied');
  }

  @EventPattern('plan.undone')
  async undone(@Payload() event: EventOf<'plan.undone'>): Promise<void> {
    await this.note(event, 'undone');
  }

  private async note({ userid, seq, time, data }: PlanEvent, state: 'applied' | 'undone'): Promise<void> {
    await this.notePlan.execute(userid, { planId: data.id, seq, state, at: new Date(time), memories: (data.memories ?? []).flatMap(toPlanned) });
  }
}

/** Words that belong to another memory are nobody's here. */
function toPlanned(memory: NonNullable<PlanEvent['data']['memories']>[number]): PlannedMemory[] {
  if (memory.op === 'forget') return [{ op: 'forget', id: memory.id }];
  const { id, type, text } = memory;
  return text.oid === id ? [{ op: 'remember', id, type, text: text.envelope }] : [];
}
