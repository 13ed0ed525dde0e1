import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { GoalBook, GoalRepository } from '../../goals/index.js';
import { OccurrenceRepository, TaskBook, TaskRepository, type Occurrence, type Task } from '../../tasks/index.js';
import { differing, GOAL_FIELDS, only, same, TASK_FIELDS } from './plan/fields.js';
import type { GoalFields, Kept, Reversal, ReversalOf, TaskFields } from './plan/plan.js';

/** A goal's state and how far it is belong together: whoever has changed one of them has decided about all. */
const GOAL_STATE = ['status', 'progress', 'achieved_at'] as const;

/**
 * Restores what was before a plan: the very fields that it changed, on the records that it touched. Where their owner has decided
 * otherwise since, that holds: a field they changed, a record they removed, or one that the plan made and they changed or use.
 * Works inside the caller's transaction.
 */
@Injectable()
export class TakeBack {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskBook: TaskBook,
    private readonly occurrences: OccurrenceRepository,
    private readonly goals: GoalRepository,
    private readonly goalBook: GoalBook,
  ) {}

  /** Says what was left as its owner has it. */
  async all(userId: Uuid, reversals: readonly Reversal[]): Promise<Kept[]> {
    await this.hold(userId, reversals);
    const made = await this.stillThere(userId, of(reversals, 'remove_occurrence'));
    const reopened = of(reversals, 'remove_occurrence').filter(({ id }) => !made.some((one) => one.id === id)).map(({ task_id }) => task_id);
    const kept: Kept[] = [];
    for (const one of of(reversals, 'restore_goal')) kept.push(...(await this.restoreGoal(userId, one)));
    for (const one of of(reversals, 'restore_task')) kept.push(...(await this.restoreTask(userId, one, reopened.includes(one.id))));
    for (const occurrence of made) await this.taskBook.reopen(userId, occurrence, false);
    for (const one of of(reversals, 'remove_task')) kept.push(...(await this.removeTask(userId, one)));
    for (const one of of(reversals, 'remove_goal')) kept.push(...(await this.removeGoal(userId, one)));
    return kept;
  }

  /** In the order in which everybody takes them: goals, then tasks, by their ids. */
  private async hold(userId: Uuid, reversals: readonly Reversal[]): Promise<void> {
    const ids = (...ops: Reversal['op'][]) => reversals.filter(({ op }) => ops.includes(op)).map(({ id }) => id);
    for (const id of [...new Set([...ids('restore_goal', 'remove_goal'), ...reversals.flatMap(parentBefore)])].toSorted()) await this.goals.lockIfThere(userId, id);
    for (const id of ids('restore_task', 'remove_task').toSorted()) await this.tasks.lockIfThere(userId, id);
  }

  private async stillThere(userId: Uuid, made: readonly ReversalOf<'remove_occurrence'>[]): Promise<Occurrence[]> {
    const found: Occurrence[] = [];
    for (const { id } of made) {
      const occurrence = await this.occurrences.find(userId, id);
      if (occurrence !== undefined) found.push(occurrence);
    }
    return found;
  }

  private async restoreGoal(userId: Uuid, { id, before, after }: ReversalOf<'restore_goal'>): Promise<Kept[]> {
    const goal = await this.goals.lockIfThere(userId, id);
    if (goal === undefined) return [{ kind: 'goal', id, because: 'removed', fields: [] }];
    const changed = differing(keysOf(after, GOAL_FIELDS), goal, after);
    const decided = GOAL_STATE.some((field) => changed.includes(field)) ? [...changed, ...GOAL_STATE] : changed;
    const fields = keysOf(before, GOAL_FIELDS).filter((field) => !decided.includes(field));
    if (fields.length > 0) await this.goalBook.restore(userId, goal, only<GoalFields, (typeof fields)[number]>(before, fields));
    return keptFields({ kind: 'goal', id }, keysOf(before, GOAL_FIELDS).filter((field) => decided.includes(field) && !same(goal[field], before[field])));
  }

  /** A completion that its owner has taken back was theirs to decide, and with it whether the task is done. */
  private async restoreTask(userId: Uuid, { id, before, after }: ReversalOf<'restore_task'>, reopened: boolean): Promise<Kept[]> {
    const task = await this.tasks.lockIfThere(userId, id);
    if (task === undefined) return [{ kind: 'task', id, because: 'removed', fields: [] }];
    const changed = differing(keysOf(after, TASK_FIELDS), task, after);
    const decided = reopened ? [...changed, 'status' as const] : changed;
    const fields = keysOf(before, TASK_FIELDS).filter((field) => !decided.includes(field));
    const restored = only<TaskFields, (typeof fields)[number]>(before, fields);
    const lost = typeof restored.parent_goal_id === 'string' && (await this.goals.find(userId, restored.parent_goal_id)) === undefined;
    if (fields.length > 0) await this.taskBook.change(userId, task, lost ? { ...restored, parent_goal_id: null } : restored);
    const left = keysOf(before, TASK_FIELDS).filter((field) => decided.includes(field) && !same(task[field], before[field]));
    return keptFields({ kind: 'task', id }, lost ? [...left, 'parent_goal_id'] : left);
  }

  private async removeTask(userId: Uuid, { id, made }: ReversalOf<'remove_task'>): Promise<Kept[]> {
    const task = await this.tasks.lockIfThere(userId, id);
    if (task === undefined) return [];
    const fields = differing(TASK_FIELDS, task, made);
    const own = (await this.lostItsGoal(userId, task, made)) ? fields.filter((field) => field !== 'parent_goal_id') : fields;
    if (own.length > 0) return keptFields({ kind: 'task', id }, own);
    await this.taskBook.remove(userId, task);
    return [];
  }

  /** A task leaves a goal that goes: nobody has decided about the task by that. */
  private async lostItsGoal(userId: Uuid, task: Task, made: Task): Promise<boolean> {
    return task.parent_goal_id === null && made.parent_goal_id !== null && (await this.goals.find(userId, made.parent_goal_id)) === undefined;
  }

  private async removeGoal(userId: Uuid, { id, made }: ReversalOf<'remove_goal'>): Promise<Kept[]> {
    const goal = await this.goals.lockIfThere(userId, id);
    if (goal === undefined) return [];
    const fields = differing(GOAL_FIELDS, goal, made);
    if (fields.length > 0) return keptFields({ kind: 'goal', id }, fields);
    if ((await this.tasks.lockOfGoal(userId, id)).length > 0) return [{ kind: 'goal', id, because: 'used', fields: [] }];
    await this.goalBook.remove(userId, goal);
    return [];
  }
}

function of<Op extends Reversal['op']>(reversals: readonly Reversal[], op: Op): ReversalOf<Op>[] {
  return reversals.filter((one): one is ReversalOf<Op> => one.op === op);
}

/** The goal that a task is tied to again. */
function parentBefore(reversal: Reversal): Uuid[] {
  return reversal.op === 'restore_task' && typeof reversal.before.parent_goal_id === 'string' ? [reversal.before.parent_goal_id] : [];
}

function keysOf<F extends string>(record: object, fields: readonly F[]): F[] {
  return fields.filter((field) => field in record);
}

function keptFields(record: Pick<Kept, 'kind' | 'id'>, fields: Kept['fields']): Kept[] {
  return fields.length === 0 ? [] : [{ ...record, because: 'changed', fields }];
}
