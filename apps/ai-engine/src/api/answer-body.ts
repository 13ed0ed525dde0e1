import type { Plain, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { instantOf } from '@selfos/recurrence';
import { wishesIn } from '../domain/model/wishes-of.js';
import { namedId } from '../domain/named-id.js';
import type { PlannedGoal, PlannedTask } from '../domain/planning/plan.js';
import type { AnsweredMessage, MessageToAnswer } from '../domain/use-cases/answer-message.js';
import { toAgenda } from './agenda-body.js';
import { LAST_MINUTE, toChanges } from './changes-body.js';

type Asked = Plain<typeof routes.answerMessage.body>;
export type AnswerBody = Plain<typeof routes.answerMessage.response>;
type Change = AnswerBody['changes'][number];

const LONGEST_REASON = 300;

export function toMessage(body: Asked, signal: AbortSignal): MessageToAnswer {
  const { life_areas: lifeAreas, current_mood: currentMood, available_time: availableTime } = body.context ?? {};
  return {
    message: body.message,
    context: {
      ...(lifeAreas === undefined ? {} : { lifeAreas }),
      ...(currentMood === undefined ? {} : { currentMood }),
      ...(availableTime === undefined ? {} : { availableTime }),
    },
    history: body.history.map(({ role, text }) => ({ role, text })),
    agenda: toAgenda(body.agenda),
    zone: body.timezone,
    now: new Date(body.now),
    wishes: wishesIn(body.settings),
    signal,
  };
}

export function answeredByOf({ model, strategy, fallback }: AnsweredMessage['by']): AnswerBody['answered_by'] {
  return { model, strategy, fallback: fallback?.slice(0, LONGEST_REASON) ?? null };
}

/** The answer as the contract has it. Ids of what it proposes follow from the reply's, so that a repeated answer proposes the same. */
export async function toAnswerBody(replyId: Uuid, answered: AnsweredMessage): Promise<AnswerBody> {
  const { plan, memories, model, by, truncated, template, usage } = answered;
  const goalIds = await Promise.all(plan.goals.map((_, index) => namedId('goal', replyId, index)));
  const goals = await Promise.all(plan.goals.map((goal, index) => goalChange(goalIds[index] ?? replyId, goal)));
  const tasks = await Promise.all(plan.tasks.map(async (task, index) => taskChange(await namedId('task', replyId, index), task, goalIds)));
  return {
    reply_id: replyId,
    ai_response: plan.reply.toWellFormed(),
    media_suggestions: [...plan.media],
    metadata: { life_areas: [...answered.lifeAreas], sentiment: answered.sentiment },
    changes: [...goals, ...tasks, ...(await toChanges(replyId, plan.changes, answered.zone))],
    cites: plan.cites.map(({ kind, id }) => ({ kind, id })),
    needs_confirmation: answered.needsConfirmation,
    memories_used: memories.map(({ id, text }) => ({ id, text })),
    model,
    answered_by: answeredByOf(by),
    truncated,
    template: { ...template },
    usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
  };
}

async function goalChange(id: Uuid, goal: PlannedGoal): Promise<Change> {
  const milestones = await Promise.all(
    goal.milestones.map(async ({ title, targetDate }, index) => ({ id: await namedId('milestone', id, index), title, due_date: targetDate, done: false })),
  );
  return {
    op: 'create_goal',
    goal: {
      id, title: goal.title, vision: goal.vision, life_areas: [...goal.lifeAreas], target_date: goal.targetDate, milestones,
      success_metrics: [...goal.successMetrics], inspiration_media: [],
    },
  };
}

function taskChange(id: Uuid, task: PlannedTask, goalIds: readonly Uuid[]): Change {
  const { date, time, zone, rrule, due } = task.schedule;
  return {
    op: 'create_task',
    task: {
      id, title: task.title, description: task.description ?? null, life_areas: [...task.lifeAreas], priority: task.priority, energy_required: task.energyRequired,
      duration_minutes: task.durationMinutes, due_date: due === undefined ? null : (instantOf(due, LAST_MINUTE, zone)?.toISOString() ?? null),
      recurring_pattern: rrule ?? null, start_date: date, scheduled_time: time, timezone: zone, attachments: [],
      parent_goal_id: task.goal === undefined ? null : (goalIds[task.goal] ?? null),
    },
  };
}
