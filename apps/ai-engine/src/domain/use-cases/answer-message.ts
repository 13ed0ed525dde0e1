import { Injectable } from '@nestjs/common';
import type { LifeArea, Uuid } from '@selfos/kernel';
import { AskModel, type Asked } from '../model/ask-model.js';
import { type AnsweredBy, BUILTIN_MODEL, type TemplateRef, type Turn, type Usage } from '../model/language-model.js';
import { planQuestion } from '../model/prompt-templates.js';
import { correctPlan, correctWeekdays } from '../planning/correct-weekdays.js';
import { draftPlan } from '../planning/draft-plan.js';
import { lifeAreaOf } from '../planning/life-area-of.js';
import { sentimentOf } from '../planning/mood.js';
import type { Plan, PlanContext, PlanRequest, RecalledMemory } from '../planning/plan.js';
import { planDraftSchema, type PlanDraft } from '../planning/plan-draft.js';
import { resolvePlan } from '../planning/resolve-plan.js';
import { trustDates } from '../planning/trust-dates.js';
import { Memories } from '../ports/memories.js';
import { todayOf } from '../time/resolve-schedule.js';

export interface MessageToAnswer {
  readonly message: string;
  readonly context: PlanContext;
  readonly history: readonly Turn[];
  /** IANA zone. */
  readonly zone: string;
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface AnsweredMessage {
  readonly plan: Plan;
  /** The memories that the answer rests on. */
  readonly memories: readonly RecalledMemory[];
  readonly lifeAreas: readonly LifeArea[];
  /** -1 to 1. */
  readonly sentiment: number;
  readonly model: string;
  readonly by: AnsweredBy;
  /** The model broke off: the words so far stand, and nothing follows from them. */
  readonly truncated: boolean;
  readonly template: TemplateRef;
  readonly usage: Usage;
}

const RECALLED = 10;
/** What a plan for the body has to know, whatever the words of the wish. */
const BODY_QUESTION = 'pain, injury, knee, back, health, likes, dislikes, morning or evening';
const FELL_BACK = 'The language model could not be used, so the built-in planner answered.';

/**
 * Answers one message: recalls what matters, asks the model, checks and repairs its draft, and turns it into a plan within bounds.
 * A model that fails is replaced by the built-in planner, and the answer says so. Memory that cannot be reached is left out.
 */
@Injectable()
export class AnswerMessage {
  constructor(
    private readonly model: AskModel,
    private readonly memories: Memories,
  ) {}

  async execute(userId: Uuid, asked: MessageToAnswer): Promise<AnsweredMessage> {
    const recalled = await this.recall(userId, asked);
    const request: PlanRequest = { message: asked.message, context: asked.context, zone: asked.zone, nowMs: asked.now.getTime(), memories: recalled };
    const question = planQuestion(request, asked.history);
    const answer = await this.model.ask({ ...question, signal: asked.signal }, planDraftSchema);
    const plan = resolvePlan(this.trusted(answer, request, asked), request);
    return {
      plan: isOwn(answer) ? { ...plan, reply: correctWeekdays(plan.reply, todayOf(request)) } : correctPlan(plan, todayOf(request)),
      memories: recalled.filter(({ id }) => plan.usedMemories.includes(id)),
      lifeAreas: areasOf(plan, asked),
      sentiment: sentimentOf(asked.message, asked.context.currentMood),
      model: answer.by.model,
      by: answer.by,
      truncated: false,
      template: question.template,
      usage: answer.usage,
    };
  }

  private trusted(answer: Asked<PlanDraft>, request: PlanRequest, { history }: MessageToAnswer): PlanDraft {
    const draft = draftOf(answer, request);
    return isOwn(answer) ? draft : trustDates(draft, request, history.filter(({ role }) => role === 'user').map(({ text }) => text));
  }

  private async recall(userId: Uuid, { message, context }: MessageToAnswer): Promise<RecalledMemory[]> {
    const { area } = lifeAreaOf(message, context.lifeAreas);
    const query = area === 'health' && !message.trim().endsWith('?') ? `${message}\n${BODY_QUESTION}` : message;
    try {
      return await this.memories.recall(userId, query, RECALLED);
    } catch {
      return [];
    }
  }
}

/** The built-in planner's titles are the person's own words and stay as they were said. */
const isOwn = ({ by }: Asked<PlanDraft>): boolean => by.model === BUILTIN_MODEL;

function draftOf(answer: Asked<PlanDraft>, request: PlanRequest): PlanDraft {
  if (answer.kind === 'answered') {
    const { value, by } = answer;
    const said = [by.fallback !== undefined && by.model === BUILTIN_MODEL ? FELL_BACK : undefined, by.notice].filter((words) => words !== undefined);
    return said.length === 0 ? value : { ...value, reply: [value.reply, ...said].join(' ') };
  }
  const draft = draftPlan(request);
  return { ...draft, reply: `${draft.reply} ${FELL_BACK}` };
}

function areasOf(plan: Plan, { message, context }: MessageToAnswer): LifeArea[] {
  const planned = plan.tasks.flatMap(({ lifeAreas }) => lifeAreas);
  if (planned.length > 0) return [...new Set(planned)];
  const { area, certain } = lifeAreaOf(message, context.lifeAreas);
  return certain ? [area] : [];
}
