import type { Plain, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { instantOf } from '@selfos/recurrence';
import { namedId } from '../domain/named-id.js';
import type { GoalSet, PlannedChange, TaskSet } from '../domain/planning/changes/change.js';

type Change = Plain<typeof routes.answerMessage.response>['changes'][number];
type Set<Op extends Change['op']> = Extract<Change, { op: Op; set: unknown }>['set'];

/** The last minute of a local day, when something is due on it. */
export const LAST_MINUTE = '23:59';

/** Changes to what exists, as the contract has them. The ids of new memories follow from the reply's. */
export async function toChanges(replyId: Uuid, changes: readonly PlannedChange[], zone: string): Promise<Change[]> {
  return Promise.all(changes.map(async (change, index) => toChange(change, await namedId('remember', replyId, index), zone)));
}

function toChange(change: PlannedChange, memoryId: Uuid, zone: string): Change {
  switch (change.op) {
    case 'update_task': return { op: change.op, task_id: change.taskId, set: taskSet(change.set, zone) };
    case 'complete_task': return { op: change.op, task_id: change.taskId, local_date: change.localDate };
    case 'cancel_task': return { op: change.op, task_id: change.taskId };
    case 'update_goal': return { op: change.op, goal_id: change.goalId, set: goalSet(change.set) };
    case 'achieve_goal': return { op: change.op, goal_id: change.goalId };
    case 'cancel_goal': return { op: change.op, goal_id: change.goalId };
    case 'remember': return { op: change.op, memory: { id: memoryId, type: change.type, text: change.text } };
    case 'forget': return { op: change.op, memory_id: change.memoryId };
  }
}

function taskSet({ title, minutes, priority, rrule, date, time, due }: TaskSet, zone: string): Set<'update_task'> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(minutes === undefined ? {} : { duration_minutes: minutes }),
    ...(priority === undefined ? {} : { priority }),
    ...(rrule === undefined ? {} : { recurring_pattern: rrule }),
    ...(date === undefined ? {} : { start_date: date }),
    ...(time === undefined ? {} : { scheduled_time: time }),
    ...(due === undefined ? {} : { due_date: instantOf(due, LAST_MINUTE, zone)?.toISOString() ?? null }),
  };
}

function goalSet({ title, targetDate, progress }: GoalSet): Set<'update_goal'> {
  return { ...(title === undefined ? {} : { title }), ...(targetDate === undefined ? {} : { target_date: targetDate }), ...(progress === undefined ? {} : { progress }) };
}
