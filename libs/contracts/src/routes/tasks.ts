import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, lifeAreas, localDate, minutes, pageOf, pageQuery, recurrenceWords, rrule, timeZone, version, wallTime } from '../fields.js';
import { clear, sealed } from '../marks.js';
import { person, route } from '../route.js';

export const taskTitle = { domain: 'tasks', ctx: 'tasks.task.title' } as const;
export const title = sealed('tasks', 'tasks.task.title', z.string().trim().min(1).max(500));
const description = z.string().max(10_000).nullable();
const level = z.int().min(1).max(5);
/** An RRULE, a cron expression, or words such as "daily": the service keeps the RRULE. */
const recurring = clear('recurrence: an RRULE, a cron expression or words', z.string().min(1).max(500));

/** What makes a task, wherever it is proposed. Times are wall times in `timezone`. */
export const taskDraft = z
  .object({
    id,
    title,
    description: sealed('tasks', 'tasks.task.description', description),
    life_areas: lifeAreas.min(1),
    priority: level,
    energy_required: level,
    duration_minutes: minutes,
    due_date: instant.nullable(),
    recurring_pattern: rrule.nullable(),
    start_date: localDate,
    scheduled_time: wallTime.nullable(),
    timezone: timeZone,
    attachments: z.array(id).max(50),
    parent_goal_id: id.nullable(),
  })
  .meta({ id: 'TaskDraft', title: 'TaskDraft' });

export const taskStatus = z.enum(['open', 'completed', 'cancelled']);

export const taskShape = taskDraft
  .extend({ status: taskStatus, recurrence: recurrenceWords.nullable(), plan_id: id.nullable(), created_at: instant, updated_at: instant, version })
  .meta({ id: 'Task', title: 'Task' });
export const taskView = contract(taskShape);

export const createTask = route({
  name: 'createTask', summary: 'Create a task', method: 'POST', path: '/api/v1/tasks', service: 'backend', audience: person('write:own_data'),
  body: contract(
    z.object({
      id: id.optional(), title, description: sealed('tasks', 'tasks.task.description', description.optional()), life_areas: lifeAreas.min(1), priority: level.default(3),
      energy_required: level.default(3), duration_minutes: minutes.default(30), due_date: instant.nullable().default(null), recurring_pattern: recurring.nullable().default(null),
      start_date: localDate.optional(), scheduled_time: wallTime.nullable().default(null), timezone: timeZone.optional(), attachments: z.array(id).max(50).default([]),
      parent_goal_id: id.nullable().default(null),
    }),
  ),
  response: taskView, status: 201, idempotency: 'transaction',
});
export const listTasks = route({
  name: 'listTasks', summary: 'My tasks, newest first', method: 'GET', path: '/api/v1/tasks', service: 'backend', audience: person('read:own_data'),
  query: pageQuery.extend({ status: taskStatus.optional() }), response: contract(pageOf(taskShape)), status: 200,
});
export const getTask = route({
  name: 'getTask', summary: 'One task', method: 'GET', path: '/api/v1/tasks/:id', service: 'backend', audience: person('read:own_data'), params: byId, response: taskView, status: 200,
});
export const changeTask = route({
  name: 'changeTask', summary: 'Change a task', method: 'PATCH', path: '/api/v1/tasks/:id', service: 'backend', audience: person('write:own_data'), params: byId, oidParam: 'id',
  body: contract(
    z.object({
      title: sealed('tasks', 'tasks.task.title', z.string().trim().min(1).max(500).optional()),
      description: sealed('tasks', 'tasks.task.description', description.optional()),
      life_areas: lifeAreas.min(1).optional(), priority: level.optional(), energy_required: level.optional(), duration_minutes: minutes.optional(), due_date: instant.nullable().optional(),
      recurring_pattern: recurring.nullable().optional(), start_date: localDate.optional(), scheduled_time: wallTime.nullable().optional(), status: taskStatus.optional(), parent_goal_id: id.nullable().optional(),
    }),
  ),
  response: taskView, status: 200, idempotency: 'transaction', conditional: true,
});
export const deleteTask = route({
  name: 'deleteTask', summary: 'Delete a task', method: 'DELETE', path: '/api/v1/tasks/:id', service: 'backend', audience: person('delete:own_data'), params: byId, status: 204, conditional: true,
});

export const occurrenceShape = z
  .object({ id, task_id: id, local_date: localDate, status: z.enum(['completed', 'skipped']), completed_at: instant, minutes, version })
  .meta({ id: 'Occurrence', title: 'Occurrence' });
export const completeTask = route({
  name: 'completeTask', summary: 'Complete the occurrence of a local date (today unless said otherwise); again gives the same occurrence', method: 'POST', path: '/api/v1/tasks/:id/complete', service: 'backend',
  audience: person('write:own_data'), params: byId,
  body: contract(z.object({ local_date: localDate.optional(), minutes: minutes.optional() })), response: contract(occurrenceShape), status: 200, idempotency: 'transaction',
});
export const listOccurrences = route({
  name: 'listOccurrences', summary: 'What was done, newest first', method: 'GET', path: '/api/v1/occurrences', service: 'backend', audience: person('read:own_data'),
  query: pageQuery.extend({ from: localDate.optional(), to: localDate.optional(), task_id: id.optional() }), response: contract(pageOf(occurrenceShape)), status: 200,
});
/** At most 200 items: what is due today first, then what is overdue, the latest first. `more`: open tasks that began by today and are not among those looked at or shown. */
export const getToday = route({
  name: 'getToday', summary: 'What is due today, in my time zone', method: 'GET', path: '/api/v1/today', service: 'backend', audience: person('read:own_data'),
  response: contract(
    z.object({
      date: localDate, timezone: timeZone,
      items: z.array(z.object({ task: taskShape, local_date: localDate, scheduled_at: instant.nullable(), overdue: z.boolean(), occurrence: occurrenceShape.nullable() })).max(200),
      more: z.int().min(0),
    }),
  ),
  status: 200,
});
