import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, localDate } from '../fields.js';
import { person, route } from '../route.js';
import { goalDraft } from './goals.js';
import { taskDraft } from './tasks.js';

/** One proposed change. Only these exist; each is undone exactly. */
export const planChange = z.discriminatedUnion('op', [
  z.object({ op: z.literal('create_task'), task: taskDraft }),
  z.object({ op: z.literal('create_goal'), goal: goalDraft }),
  z.object({ op: z.literal('complete_task'), task_id: id, local_date: localDate }),
  z.object({ op: z.literal('cancel_task'), task_id: id }),
]);
export const planStatus = z.enum(['proposed', 'applied', 'rejected', 'undone']);
export const planShape = z
  .object({ id, conversation_id: id.nullable(), status: planStatus, changes: z.array(planChange).max(50), created_at: instant, applied_at: instant.nullable(), undone_at: instant.nullable() })
  .meta({ id: 'Plan', title: 'Plan' });
const view = contract(planShape);
const decide = { service: 'backend', method: 'POST', audience: person('write:own_data'), params: byId, response: view, status: 200, idempotency: 'transaction' } as const;

export const getPlan = route({
  name: 'getPlan', summary: 'One plan', method: 'GET', path: '/api/v1/plans/:id', service: 'backend', audience: person('read:own_data'), params: byId, response: view, status: 200,
});
export const acceptPlan = route({ ...decide, name: 'acceptPlan', summary: 'Apply a proposed plan in one transaction', path: '/api/v1/plans/:id/accept' });
export const rejectPlan = route({ ...decide, name: 'rejectPlan', summary: 'Turn a proposed plan down', path: '/api/v1/plans/:id/reject' });
export const undoPlan = route({ ...decide, name: 'undoPlan', summary: 'Restore what was before an applied plan', path: '/api/v1/plans/:id/undo' });
