import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { GoalBook, GoalRepository } from '../../goals/index.js';
import { OccurrenceRepository, TaskBook, TaskRepository, type Task } from '../../tasks/index.js';
import { PlanOutdated } from './plan/plan.errors.js';
import type { PlanChange, Reversal } from './plan/plan.js';

/** Makes a plan's changes and takes them back, exactly. Works inside the caller's transaction. */
@Injectable()
export class ChangeSet {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskBook: TaskBook,
    private readonly occurrences: OccurrenceRepository,
    private readonly goals: GoalRepository,
    private readonly goalBook: GoalBook,
  ) {}

  /** Makes one change and says how to take it back; nothing when it changed nothing. Throws PlanOutdated. */
  async make(userId: Uuid, change: PlanChange, planId: Uuid): Promise<Reversal | undefined> {
    switch (change.op) {
      case 'create_task':
        if (change.task.parent_goal_id !== null && (await this.goals.find(userId, change.task.parent_goal_id)) === undefined) throw new PlanOutdated();
        await this.taskBook.add(userId, change.task, planId);
        return { op: 'remove_task', id: change.task.id };
      case 'create_goal':
        await this.goalBook.add(userId, change.goal, planId);
        return { op: 'remove_goal', id: change.goal.id };
      case 'complete_task':
        return this.complete(userId, change.task_id, change.local_date);
      case 'cancel_task':
        return this.cancel(userId, change.task_id);
      case 'remember':
      case 'forget':
        return undefined;
      default:
        throw new PlanOutdated();
    }
  }

  /** What is gone or changed again by now was decided by its owner, and stays so. Everything is held while it is looked at. */
  async takeBack(userId: Uuid, reversal: Reversal): Promise<void> {
    switch (reversal.op) {
      case 'remove_task': {
        const task = await this.tasks.lockIfThere(userId, reversal.id);
        if (task !== undefined) await this.taskBook.remove(userId, task);
        return;
      }
      case 'remove_goal': {
        const goal = await this.goals.lockIfThere(userId, reversal.id);
        if (goal !== undefined) await this.goalBook.remove(userId, goal);
        return;
      }
      case 'reopen_task': {
        const occurrence = await this.occurrences.find(userId, reversal.occurrence_id);
        if (occurrence !== undefined) await this.taskBook.reopen(userId, occurrence, reversal.closed);
        return;
      }
      case 'restore_status': {
        const task = await this.tasks.lockIfThere(userId, reversal.task_id);
        if (task?.status === reversal.from) await this.taskBook.change(userId, task, { status: reversal.to });
      }
    }
  }

  private async complete(userId: Uuid, taskId: Uuid, localDate: string): Promise<Reversal | undefined> {
    const task = await this.existing(userId, taskId);
    const { occurrence, isNew, closed } = await this.taskBook.complete(userId, task, { localDate });
    if (isNew) return { op: 'reopen_task', occurrence_id: occurrence.id, closed };
    return closed ? { op: 'restore_status', task_id: taskId, from: 'completed', to: task.status } : undefined;
  }

  private async cancel(userId: Uuid, taskId: Uuid): Promise<Reversal | undefined> {
    const task = await this.existing(userId, taskId);
    if (task.status === 'cancelled') return undefined;
    await this.taskBook.change(userId, task, { status: 'cancelled' });
    return { op: 'restore_status', task_id: taskId, from: 'cancelled', to: task.status };
  }

  private async existing(userId: Uuid, id: Uuid): Promise<Task> {
    const task = await this.tasks.lockIfThere(userId, id);
    if (task === undefined) throw new PlanOutdated();
    return task;
  }
}
