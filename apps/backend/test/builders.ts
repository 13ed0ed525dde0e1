import type { EnvelopeJson } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import type { EngineAnswer, Question } from '../src/conversations/domain/conversation/conversation.js';
import type { PlanChange } from '../src/plans/index.js';
import type { TaskDraft } from '../src/tasks/index.js';
import type { GoalDraft } from '../src/goals/index.js';

export const ADA = '01900000-0000-7000-8000-00000000000a';
export const BOB = '01900000-0000-7000-8000-00000000000b';

/** A sealed text that nobody can open; different every time. */
export function anEnvelope(ctx: string, oid: string = uuidv7(), uid: string = ADA): EnvelopeJson {
  const noise = uuidv7().replaceAll('-', '');
  return { v: 1, s: 1, uid, oid, ctx, rev: '1', wid: 'edge:1', r: [{ t: 'd', k: 'd:1', w: noise }], m: noise, n: noise.slice(0, 16), c: noise };
}

export function aTaskDraft(change: Partial<TaskDraft> = {}): TaskDraft {
  const id = change.id ?? uuidv7();
  return {
    id, title: anEnvelope('tasks.task.title', id), description: null, life_areas: ['health'], priority: 3, energy_required: 2, duration_minutes: 15, due_date: null,
    recurring_pattern: 'FREQ=DAILY', start_date: '2026-11-23', scheduled_time: '07:00', timezone: 'Europe/Paris', attachments: [], parent_goal_id: null, ...change,
  };
}

export function aGoalDraft(change: Partial<GoalDraft> = {}): GoalDraft {
  const id = change.id ?? uuidv7();
  return {
    id, title: anEnvelope('goals.goal.title', id), vision: anEnvelope('goals.goal.vision', id), life_areas: ['health'], target_date: '2027-06-01', milestones: [],
    success_metrics: anEnvelope('goals.goal.success_metrics', id), inspiration_media: [], ...change,
  };
}

export function anAnswer(question: Pick<Question, 'reply_id'>, changes: readonly PlanChange[] = []): EngineAnswer {
  const id = question.reply_id;
  return {
    reply_id: id, ai_response: anEnvelope('conversations.message.text', id), media_suggestions: anEnvelope('conversations.message.media', id),
    metadata: anEnvelope('conversations.turn.metadata', id), changes: [...changes], memories_used: [], model: 'selfos-builtin',
    answered_by: { model: 'selfos-builtin', strategy: 'offline', fallback: null }, truncated: false, template: { id: 'plan', version: 1 }, usage: { input_tokens: 1, output_tokens: 1 },
  };
}
