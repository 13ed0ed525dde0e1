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
        await this.taskBook.add(userId, change.task, planId);
        return { op: 'remove_task', id: change.task.id };
      case 'create_goal':
        await this.goalBook.add(userId, change.goal, planId);
        return { op: 'remove_goal', id: change.goal.id };
      case 'complete_task':
        return this.complete(userId, change.task_id, change.local_date);
      case 'cancel_task':
        return this.cancel(userId, change.task_id);
    }
  }

  /** What is gone by now was taken back by its owner already. */
  async takeBack(userId: Uuid, reversal: Reversal): Promise<void> {
    switch (reversal.op) {
      case 'remove_task': {
        const task = await this.tasks.find(userId, reversal.id);
        if (task !== undefined) await this.taskBook.remove(userId, task);
        return;
      }
      case 'remove_goal': {
        const goal = await this.goals.find(userId, reversal.id);
        if (goal !== undefined) await this.goalBook.remove(userId, goal);
        return;
      }
      case 'reopen_task': {
        const occurrence = await this.occurrences.find(userId, reversal.occurrence_id);
        if (occurrence !== undefined) await this.taskBook.reopen(userId, occurrence, reversal.status);
        return;
      }
      case 'restore_status': {
        const task = await this.tasks.find(userId, reversal.task_id);
        if (task !== undefined && task.status !== reversal.status) await this.taskBook.change(userId, task, { status: reversal.status });
      }
    }
  }

  private async complete(userId: Uuid, taskId: Uuid, localDate: string): Promise<Reversal | undefined> {
    const task = await this.existing(userId, taskId);
    const { occurrence, isNew } = await this.taskBook.complete(userId, task, { localDate });
    return isNew ? { op: 'reopen_task', occurrence_id: occurrence.id, status: task.status } : undefined;
  }

  private async cancel(userId: Uuid, taskId: Uuid): Promise<Reversal | undefined> {
    const task = await this.existing(userId, taskId);
    if (task.status === 'cancelled') return undefined;
    await this.taskBook.change(userId, task, { status: 'cancelled' });
    return { op: 'restore_status', task_id: taskId, status: task.status };
  }

  private async existing(userId: Uuid, id: Uuid): Promise<Task> {
    if ((await this.tasks.find(userId, id)) === undefined) throw new PlanOutdated();
    return this.tasks.lock(userId, id);
  }
}
