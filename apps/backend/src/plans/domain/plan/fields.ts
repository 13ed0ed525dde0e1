import type { Goal } from '../../../goals/index.js';
import type { Task } from '../../../tasks/index.js';
import type { Kept } from './plan.js';

type Field = Kept['fields'][number];

/** What of a record a plan can change; its id, its history and its version are not among them. */
export const TASK_FIELDS = [
  'title', 'description', 'life_areas', 'priority', 'energy_required', 'duration_minutes', 'due_date', 'recurring_pattern', 'start_date', 'scheduled_time', 'timezone', 'attachments', 'parent_goal_id', 'status',
] as const satisfies readonly (Field & keyof Task)[];
export const GOAL_FIELDS = [
  'title', 'vision', 'life_areas', 'target_date', 'milestones', 'success_metrics', 'inspiration_media', 'status', 'progress', 'achieved_at',
] as const satisfies readonly (Field & keyof Goal)[];

/** Those of `fields` in which two records differ. */
export function differing<F extends string>(fields: readonly F[], a: { readonly [K in F]?: unknown }, b: { readonly [K in F]?: unknown }): F[] {
  return fields.filter((field) => !same(a[field], b[field]));
}

export function only<T extends object, F extends keyof T>(record: T, fields: readonly F[]): Pick<T, F> {
  return Object.fromEntries(fields.map((field) => [field, record[field]])) as Pick<T, F>;
}

/** Equal as JSON, whatever the order of keys: PostgreSQL sorts those of a document. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)));
}
