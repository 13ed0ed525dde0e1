import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock, type Uuid } from '@selfos/kernel';
import { TaskBook } from '../../tasks/index.js';
import { GoalRepository } from './goal/goal.repository.js';
import { changed, newGoal, stateOf, type Goal, type GoalChange, type GoalDraft } from './goal/goal.js';

/** Every change of goals, each with the event that tells of it. Works inside the caller's transaction. */
@Injectable()
export class GoalBook {
  constructor(
    private readonly goals: GoalRepository,
    private readonly tasks: TaskBook,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async add(userId: Uuid, draft: GoalDraft, planId: Uuid | null): Promise<Goal> {
    const goal = newGoal(draft, { planId, now: this.clock.now() });
    await this.goals.insert(userId, goal);
    await this.publisher.publish(events.goalCreated, { aggregateId: goal.id, userId, data: stateOf(goal) });
    return goal;
  }

  /** Reaching it for the first time is told as `goal.achieved`, once, however often it is reached again. */
  async change(userId: Uuid, goal: Goal, change: GoalChange): Promise<Goal> {
    const next = changed(goal, change, this.clock.now());
    await this.goals.update(userId, next);
    await this.publisher.publish(events.goalUpdated, { aggregateId: goal.id, userId, data: stateOf(next) });
    const reached = goal.achieved_at === null && next.achieved_at !== null;
    if (reached) await this.publisher.publish(events.goalAchieved, { aggregateId: goal.id, userId, data: stateOf(next) });
    return next;
  }

  /** Puts fields back as they were, whatever follows from them otherwise. */
  async restore(userId: Uuid, goal: Goal, fields: Partial<Goal>): Promise<Goal> {
    const next: Goal = { ...goal, ...fields, updated_at: this.clock.now().toISOString(), version: goal.version + 1 };
    await this.goals.update(userId, next);
    await this.publisher.publish(events.goalUpdated, { aggregateId: goal.id, userId, data: stateOf(next) });
    return next;
  }

  async remove(userId: Uuid, goal: Goal): Promise<void> {
    await this.tasks.leaveGoal(userId, goal.id);
    await this.goals.remove(userId, goal.id);
    await this.publisher.publish(events.goalDeleted, { aggregateId: goal.id, userId, data: { id: goal.id, version: goal.version + 1 } });
  }
}
