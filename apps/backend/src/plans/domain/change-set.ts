import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { canonicalRule } from '@selfos/recurrence';
import { GoalBook, GoalRepository, type Goal } from '../../goals/index.js';
import { TaskBook, TaskRepository, type Task } from '../../tasks/index.js';
import { differing, GOAL_FIELDS, only, TASK_FIELDS } from './plan/fields.js';
import { PlanOutdated } from './plan/plan.errors.js';
import { goalIdOf, inOrder, parentOf, taskIdOf, type PlanChange, type Reversal, type ReversalOf } from './plan/plan.js';

type ChangeOf<Op extends PlanChange['op']> = Extract<PlanChange, { readonly op: Op }>;

interface Records {
  readonly goals: ReadonlyMap<Uuid, Goal>;
  readonly tasks: ReadonlyMap<Uuid, Task>;
}

/** Makes a plan's changes and says how each record that they touch is restored. Works inside the caller's transaction. */
@Injectable()
export class ChangeSet {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskBook: TaskBook,
    private readonly goals: GoalRepository,
    private readonly goalBook: GoalBook,
  ) {}

  /** Every record is held before the first is changed, and read again after the last. Throws PlanOutdated. */
  async make(userId: Uuid, changes: readonly PlanChange[], planId: Uuid): Promise<Reversal[]> {
    const before = await this.held(userId, changes);
    const done: Reversal[] = [];
    for (const change of inOrder(changes)) done.push(...(await this.makeOne(userId, change, planId)));
    const after = await this.held(userId, changes);
    const made = changes.flatMap((change) => (change.op === 'create_task' ? [change.task.id] : change.op === 'create_goal' ? [change.goal.id] : []));
    if (appeared(before, after).some((id) => !made.includes(id))) throw new PlanOutdated();
    return [...done, ...tracesOf(before.tasks, after.tasks, taskTrace), ...tracesOf(before.goals, after.goals, goalTrace)];
  }

  /** Goals before tasks, each by their ids: whoever holds several takes them in this order, so that nobody waits in a circle. */
  private async held(userId: Uuid, changes: readonly PlanChange[]): Promise<Records> {
    const goals = new Map<Uuid, Goal>();
    const tasks = new Map<Uuid, Task>();
    for (const id of sorted([...changes.flatMap(goalIdOf), ...changes.flatMap(parentOf)])) put(goals, await this.goals.lockIfThere(userId, id));
    for (const id of sorted(changes.flatMap(taskIdOf))) put(tasks, await this.tasks.lockIfThere(userId, id));
    return { goals, tasks };
  }

  private async makeOne(userId: Uuid, change: PlanChange, planId: Uuid): Promise<Reversal[]> {
    switch (change.op) {
      case 'create_task':
        await this.needGoal(userId, change.task.parent_goal_id);
        await this.taskBook.add(userId, change.task, planId);
        return [];
      case 'create_goal':
        await this.goalBook.add(userId, change.goal, planId);
        return [];
      case 'update_task':
        return this.updateTask(userId, change);
      case 'complete_task':
        return this.complete(userId, change);
      case 'cancel_task':
        return this.cancelTask(userId, change);
      case 'update_goal':
      case 'achieve_goal':
      case 'cancel_goal':
        return this.changeGoal(userId, change);
      case 'remember':
      case 'forget':
        return [];
    }
  }

  private async updateTask(userId: Uuid, { task_id, set }: ChangeOf<'update_task'>): Promise<Reversal[]> {
    const task = await this.existing(userId, task_id);
    await this.needGoal(userId, set.parent_goal_id ?? null);
    const rule = set.recurring_pattern;
    await this.taskBook.change(userId, task, typeof rule === 'string' ? { ...set, recurring_pattern: canonicalRule(rule) } : set);
    return [];
  }

  private async complete(userId: Uuid, { task_id, local_date }: ChangeOf<'complete_task'>): Promise<Reversal[]> {
    const { occurrence, isNew } = await this.taskBook.complete(userId, await this.existing(userId, task_id), { localDate: local_date });
    return isNew ? [{ op: 'remove_occurrence', id: occurrence.id, task_id }] : [];
  }

  private async cancelTask(userId: Uuid, { task_id }: ChangeOf<'cancel_task'>): Promise<Reversal[]> {
    const task = await this.existing(userId, task_id);
    if (task.status !== 'cancelled') await this.taskBook.change(userId, task, { status: 'cancelled' });
    return [];
  }

  private async changeGoal(userId: Uuid, change: ChangeOf<'update_goal' | 'achieve_goal' | 'cancel_goal'>): Promise<Reversal[]> {
    const goal = await this.goals.lockIfThere(userId, change.goal_id);
    if (goal === undefined) throw new PlanOutdated();
    if (change.op === 'update_goal') await this.goalBook.change(userId, goal, change.set);
    else {
      const status = change.op === 'achieve_goal' ? 'achieved' : 'dropped';
      if (goal.status !== status) await this.goalBook.change(userId, goal, { status });
    }
    return [];
  }

  private async needGoal(userId: Uuid, id: Uuid | null): Promise<void> {
    if (id !== null && (await this.goals.find(userId, id)) === undefined) throw new PlanOutdated();
  }

  private async existing(userId: Uuid, id: Uuid): Promise<Task> {
    const task = await this.tasks.lockIfThere(userId, id);
    if (task === undefined) throw new PlanOutdated();
    return task;
  }
}

/** Records that were not there when the others were held. */
function appeared(before: Records, after: Records): Uuid[] {
  return [...after.tasks.keys(), ...after.goals.keys()].filter((id) => !before.tasks.has(id) && !before.goals.has(id));
}

/** What became of each record that the changes name. */
function tracesOf<T>(before: ReadonlyMap<Uuid, T>, after: ReadonlyMap<Uuid, T>, trace: (was: T | undefined, is: T) => Reversal[]): Reversal[] {
  return [...after].flatMap(([id, is]) => trace(before.get(id), is));
}

function taskTrace(was: Task | undefined, is: Task): Reversal[] {
  if (was === undefined) return [{ op: 'remove_task', id: is.id, made: is }];
  const fields = differing(TASK_FIELDS, was, is);
  const trace: ReversalOf<'restore_task'> = { op: 'restore_task', id: is.id, before: only(was, fields), after: only(is, fields) };
  return fields.length === 0 ? [] : [trace];
}

function goalTrace(was: Goal | undefined, is: Goal): Reversal[] {
  if (was === undefined) return [{ op: 'remove_goal', id: is.id, made: is }];
  const fields = differing(GOAL_FIELDS, was, is);
  const trace: ReversalOf<'restore_goal'> = { op: 'restore_goal', id: is.id, before: only(was, fields), after: only(is, fields) };
  return fields.length === 0 ? [] : [trace];
}

function sorted(ids: readonly Uuid[]): Uuid[] {
  return [...new Set(ids)].toSorted();
}

function put<T extends { readonly id: Uuid }>(records: Map<Uuid, T>, record: T | undefined): void {
  if (record !== undefined) records.set(record.id, record);
}
