import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, lifeAreas, localDate, minutes, rrule, timeZone, wallTime } from '../fields.js';
import { identifiedBy, sealed } from '../marks.js';
import { person, route } from '../route.js';
import { goalDraft, milestone } from './goals.js';
import { memoryText, memoryType } from './remembered.js';
import { taskDraft } from './tasks.js';

const MOST_CHANGES = 50;
const draft = taskDraft.shape;
const goal = goalDraft.shape;

/** Fields of a task's draft; absent ones stay. Its words are bound to `task_id`. */
const taskSet = z.object({
  title: sealed('tasks', 'tasks.task.title', z.string().trim().min(1).max(500).optional()),
  description: sealed('tasks', 'tasks.task.description', z.string().max(10_000).nullable().optional()),
  life_areas: lifeAreas.min(1).optional(), priority: draft.priority.optional(), energy_required: draft.energy_required.optional(), duration_minutes: minutes.optional(),
  due_date: instant.nullable().optional(), recurring_pattern: rrule.nullable().optional(), start_date: localDate.optional(), scheduled_time: wallTime.nullable().optional(), timezone: timeZone.optional(),
  attachments: draft.attachments.optional(), parent_goal_id: id.nullable().optional(),
});
/** The same of a goal's draft, bound to `goal_id`. */
const goalSet = z.object({
  title: sealed('goals', 'goals.goal.title', z.string().trim().min(1).max(500).optional()),
  vision: sealed('goals', 'goals.goal.vision', z.string().max(5000).optional()),
  life_areas: lifeAreas.min(1).optional(), target_date: localDate.optional(), progress: z.number().min(0).max(1).optional(), milestones: z.array(milestone).max(50).optional(),
  success_metrics: sealed('goals', 'goals.goal.success_metrics', z.array(z.string().min(1).max(500)).max(20).optional()), inspiration_media: goal.inspiration_media.optional(),
});

/** One proposed change. Only these exist; each is undone exactly. Memories follow by the events about the plan. */
export const planChange = z.discriminatedUnion('op', [
  z.object({ op: z.literal('create_task'), task: taskDraft }),
  z.object({ op: z.literal('create_goal'), goal: goalDraft }),
  identifiedBy('task_id', z.object({ op: z.literal('update_task'), task_id: id, set: taskSet })),
  identifiedBy('goal_id', z.object({ op: z.literal('update_goal'), goal_id: id, set: goalSet })),
  z.object({ op: z.literal('complete_task'), task_id: id, local_date: localDate }),
  z.object({ op: z.literal('cancel_task'), task_id: id }),
  z.object({ op: z.literal('achieve_goal'), goal_id: id }),
  z.object({ op: z.literal('cancel_goal'), goal_id: id }),
  z.object({ op: z.literal('remember'), memory: z.object({ id, type: memoryType, text: memoryText }) }),
  z.object({ op: z.literal('forget'), memory_id: id }),
]);
export const planStatus = z.enum(['proposed', 'applied', 'rejected', 'undone']);

/** What an undo left as its owner has it: `changed` in these fields since, or `removed`. `used`: a goal that tasks of theirs belong to. */
const keptRecord = z.object({
  kind: z.enum(['task', 'goal']), id, because: z.enum(['changed', 'removed', 'used']),
  fields: z.array(z.enum([
    'title', 'description', 'life_areas', 'priority', 'energy_required', 'duration_minutes', 'due_date', 'recurring_pattern', 'start_date', 'scheduled_time', 'timezone', 'attachments', 'parent_goal_id', 'status',
    'vision', 'target_date', 'milestones', 'success_metrics', 'inspiration_media', 'progress', 'achieved_at',
  ])),
});

/** `accepted`: places (from 0) of the changes that were made; null before. `undo_until`: of an applied plan. `kept`: see undoPlan. */
export const planShape = z
  .object({
    id, conversation_id: id.nullable(), status: planStatus, changes: z.array(planChange).max(MOST_CHANGES), accepted: z.array(z.int().min(0)).max(MOST_CHANGES).nullable(), created_at: instant,
    expires_at: instant, applied_at: instant.nullable(), undo_until: instant.nullable(), undone_at: instant.nullable(), kept: z.array(keptRecord),
  })
  .meta({ id: 'Plan', title: 'Plan' });
const view = contract(planShape);
const decide = { service: 'backend', method: 'POST', audience: person('write:own_data'), params: byId, response: view, status: 200, idempotency: 'transaction' } as const;
const place = z.int().min(0).max(MOST_CHANGES - 1);

export const getPlan = route({
  name: 'getPlan', summary: 'One plan', method: 'GET', path: '/api/v1/plans/:id', service: 'backend', audience: person('read:own_data'), params: byId, response: view, status: 200,
});
/** `changes`: places of those to be made, all when absent. `edits`: what takes a change's place; the same operation on the same object. */
export const acceptPlan = route({
  ...decide, name: 'acceptPlan', summary: 'Apply a proposed plan, or some of it, or an edited one, in one transaction', path: '/api/v1/plans/:id/accept',
  body: contract(z.object({ changes: z.array(place).min(1).max(MOST_CHANGES).optional(), edits: z.array(z.object({ index: place, change: planChange })).max(MOST_CHANGES).optional() })),
});
export const rejectPlan = route({ ...decide, name: 'rejectPlan', summary: 'Turn a proposed plan down', path: '/api/v1/plans/:id/reject' });
/** What its owner changed since stays as they have it, field by field, and is listed in `kept`. */
export const undoPlan = route({ ...decide, name: 'undoPlan', summary: 'Restore what was before an applied plan, for 30 days', path: '/api/v1/plans/:id/undo' });
