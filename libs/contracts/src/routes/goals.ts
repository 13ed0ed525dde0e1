import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, lifeAreas, localDate, pageOf, pageQuery, version } from '../fields.js';
import { sealed } from '../marks.js';
import { person, route } from '../route.js';

export const goalTitlePlace = { domain: 'goals', ctx: 'goals.goal.title' } as const;
export const goalTitle = sealed('goals', 'goals.goal.title', z.string().trim().min(1).max(500));
const vision = z.string().max(5000);
const metrics = z.array(z.string().min(1).max(500)).max(20);
export const milestone = z.object({ id, title: sealed('goals', 'goals.milestone.title', z.string().trim().min(1).max(500)), due_date: localDate.nullable(), done: z.boolean() });

/** What makes a goal, wherever it is proposed (seed §5.1). */
export const goalDraft = z
  .object({
    id, title: goalTitle, vision: sealed('goals', 'goals.goal.vision', vision), life_areas: lifeAreas.min(1), target_date: localDate, milestones: z.array(milestone).max(50),
    success_metrics: sealed('goals', 'goals.goal.success_metrics', metrics), inspiration_media: z.array(id).max(50),
  })
  .meta({ id: 'GoalDraft', title: 'GoalDraft' });
export const goalStatus = z.enum(['active', 'achieved', 'dropped']);
export const goalShape = goalDraft
  .extend({ status: goalStatus, progress: z.number().min(0).max(1), plan_id: id.nullable(), achieved_at: instant.nullable(), created_at: instant, updated_at: instant, version })
  .meta({ id: 'Goal', title: 'Goal' });
export const goalView = contract(goalShape);

export const createGoal = route({
  name: 'createGoal', summary: 'Create a goal', method: 'POST', path: '/api/v1/goals', service: 'backend', audience: person('write:own_data'),
  body: contract(
    z.object({
      id: id.optional(), title: goalTitle, vision: sealed('goals', 'goals.goal.vision', vision), life_areas: lifeAreas.min(1), target_date: localDate,
      milestones: z.array(milestone).max(50).optional(), success_metrics: sealed('goals', 'goals.goal.success_metrics', metrics), inspiration_media: z.array(id).max(50).default([]),
    }),
  ),
  response: goalView, status: 201, idempotency: 'transaction',
});
export const listGoals = route({
  name: 'listGoals', summary: 'My goals, newest first', method: 'GET', path: '/api/v1/goals', service: 'backend', audience: person('read:own_data'),
  query: pageQuery.extend({ status: goalStatus.optional() }), response: contract(pageOf(goalShape)), status: 200,
});
export const getGoal = route({
  name: 'getGoal', summary: 'One goal', method: 'GET', path: '/api/v1/goals/:id', service: 'backend', audience: person('read:own_data'), params: byId, response: goalView, status: 200,
});
export const changeGoal = route({
  name: 'changeGoal', summary: 'Change a goal; status achieved or a full progress achieves it, once', method: 'PATCH', path: '/api/v1/goals/:id', service: 'backend', audience: person('write:own_data'), params: byId, oidParam: 'id',
  body: contract(
    z.object({
      title: sealed('goals', 'goals.goal.title', z.string().trim().min(1).max(500).optional()), vision: sealed('goals', 'goals.goal.vision', vision.optional()), life_areas: lifeAreas.min(1).optional(),
      target_date: localDate.optional(), milestones: z.array(milestone).max(50).optional(), success_metrics: sealed('goals', 'goals.goal.success_metrics', metrics.optional()), status: goalStatus.optional(),
      progress: z.number().min(0).max(1).optional(),
    }),
  ),
  response: goalView, status: 200, idempotency: 'transaction', conditional: true,
});
export const deleteGoal = route({
  name: 'deleteGoal', summary: 'Delete a goal', method: 'DELETE', path: '/api/v1/goals/:id', service: 'backend', audience: person('delete:own_data'), params: byId, status: 204, conditional: true,
});
