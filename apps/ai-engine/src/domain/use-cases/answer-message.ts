import { Injectable } from '@nestjs/common';
import type { LifeArea, Uuid } from '@selfos/kernel';
import { AskModel, type Asked } from '../model/ask-model.js';
import { type AnsweredBy, BUILTIN_MODEL, type TemplateRef, type Usage, type Wishes } from '../model/language-model.js';
import { faultsIn } from '../model/faults-in.js';
import type { Agenda } from '../planning/agenda/agenda.js';
import { draftPlan } from '../planning/draft-plan.js';
import { lifeAreaOf } from '../planning/life-area-of.js';
import { sentimentOf } from '../planning/mood.js';
import type { Plan, PlanContext, PlanRequest, RecalledMemory } from '../planning/plan.js';
import type { Turn } from '../planning/turn.js';
import { planDraftSchema, type PlanDraft } from '../planning/plan-draft.js';
import { fitToBeSeen, maySpeakLive, settleBrokenOff, type Settled, settleModels, settleOwn } from '../planning/settle-plan.js';
import { AnswerFaults } from '../ports/answer-faults.js';
import { Memories } from '../ports/memories.js';
import { Profiles } from '../ports/profiles.js';
import { LiveReply } from '../model/live-reply.js';
import { planQuestion } from '../prompts/questions.js';

export interface MessageToAnswer {
  readonly message: string;
  readonly context: PlanContext;
  readonly history: readonly Turn[];
  /** Absent where nobody told it. */
  readonly agenda?: Agenda;
  /** IANA zone. */
  readonly zone: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Absent: nobody told them. */
  readonly wishes?: Wishes | undefined;
  /** Shows words of the reply as they come; the reply begins with all of them, or takes their place. */
  readonly show?: ((piece: string) => void) | undefined;
}

export interface AnsweredMessage {
  readonly plan: Plan;
  /** Nothing of the plan is to be applied before the person says yes. */
  readonly needsConfirmation: boolean;
  /** The memories that the answer rests on. */
  readonly memories: readonly RecalledMemory[];
  readonly lifeAreas: readonly LifeArea[];
  /** -1 to 1. */
  readonly sentiment: number;
  /** The person's IANA zone. */
  readonly zone: string;
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
 * A model that fails is replaced by the built-in planner; the failure is noted, and the answer says so. Memory that cannot be reached is left out.
 */
@Injectable()
export class AnswerMessage {
  constructor(
    private readonly model: AskModel,
    private readonly memories: Memories,
    private readonly profiles: Profiles,
    private readonly faults: AnswerFaults,
  ) {}

  async execute(userId: Uuid, asked: MessageToAnswer): Promise<AnsweredMessage> {
    const [request, profile] = await Promise.all([this.request(userId, asked), this.profiles.profileOf(userId)]);
    const question = planQuestion({ request, profile });
    const live = liveOf(request, asked.show);
    const answer = await this.model.ask({ ...question, signal: asked.signal, wishes: asked.wishes, live }, planDraftSchema);
    await this.faults.note(userId, faultsIn(answer.by.fallback, { operation: 'plan', template: question.template }));
    const { plan, needsConfirmation } = answer.kind === 'truncated' ? settleBrokenOff(live?.words ?? '') : settled(answer, request);
    return {
      plan,
      needsConfirmation,
      memories: request.memories.filter(({ id }) => plan.usedMemories.includes(id)),
      lifeAreas: areasOf(plan, asked),
      sentiment: sentimentOf(asked.message, asked.context.currentMood),
      zone: asked.zone,
      model: answer.by.model,
      by: answer.by,
      truncated: answer.kind === 'truncated',
      template: question.template,
      usage: answer.usage,
    };
  }

  private async request(userId: Uuid, asked: MessageToAnswer): Promise<PlanRequest> {
    const { message, context, zone, now, history, agenda } = asked;
    return { message, context, zone, nowMs: now.getTime(), memories: await this.recall(userId, asked), history, ...(agenda === undefined ? {} : { agenda }) };
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

/** The rules' draft is the person's own words; a model's is held to what code knows. What the person has to be told of the way is added last. */
function settled(answer: Exclude<Asked<PlanDraft>, { kind: 'truncated' }>, request: PlanRequest): Settled {
  const { by } = answer;
  const isOwn = by.model === BUILTIN_MODEL;
  const draft = answer.kind === 'answered' ? answer.value : draftPlan(request);
  const { plan, needsConfirmation } = isOwn ? settleOwn(draft, request) : settleModels(draft, request);
  const said = [by.fallback !== undefined && isOwn ? FELL_BACK : undefined, by.notice].filter((words) => words !== undefined);
  return { plan: said.length === 0 ? plan : { ...plan, reply: [plan.reply, ...said].join(' ') }, needsConfirmation };
}

function liveOf(request: PlanRequest, show: MessageToAnswer['show']): LiveReply | undefined {
  return show === undefined || !maySpeakLive(request) ? undefined : new LiveReply({ check: (text) => fitToBeSeen(text, request), show });
}

function areasOf(plan: Plan, { message, context }: MessageToAnswer): LifeArea[] {
  const planned = plan.tasks.flatMap(({ lifeAreas }) => lifeAreas);
  if (planned.length > 0) return [...new Set(planned)];
  const { area, certain } = lifeAreaOf(message, context.lifeAreas);
  return certain ? [area] : [];
}
