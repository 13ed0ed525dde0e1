import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { DomainError, uuidv7, type Uuid } from '@selfos/kernel';
import { canonicalRule, describeRule } from '@selfos/recurrence';
import { PlanDesk, type Plan } from '../../plans/index.js';
import { copyOf } from '../../sealed-copy.js';
import { AnswerUnusable, MessageExists } from './conversation/conversation.errors.js';
import { ConversationRepository } from './conversation/conversation.repository.js';
import type { Answer, EngineAnswer, Question } from './conversation/conversation.js';

/** Makes a turn and everything that follows from it. Works inside the caller's transaction. */
@Injectable()
export class TurnRecord {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly plans: PlanDesk,
    private readonly publisher: EventPublisher,
  ) {}

  /** Throws MessageExists when it was said before: what is on record is never written over. */
  async refuseKnown(userId: Uuid, messageId: Uuid): Promise<void> {
    if (await this.conversations.hasMessage(userId, messageId)) throw new MessageExists();
  }

  async write(userId: Uuid, said: { question: Question; answer: EngineAnswer; apply: boolean }): Promise<Answer> {
    const { question, answer } = said;
    const plan = await this.planOf(userId, said);
    const turn = await this.conversations.addTurn(userId, {
      id: uuidv7(), conversation_id: question.conversation_id, message_id: question.message_id, reply_id: answer.reply_id, plan_id: plan?.id ?? null,
      model: answer.model, answered_by: answer.answered_by, template: answer.template, truncated: answer.truncated, metadata: answer.metadata, created_at: question.now,
    });
    await this.publisher.publish(events.turnCompleted, {
      aggregateId: turn.conversation_id,
      userId,
      data: {
        turn_id: turn.id, conversation_id: turn.conversation_id, message_id: turn.message_id, reply_id: turn.reply_id, message: copyOf(question.message),
        timezone: question.timezone, said_at: question.now,
      },
    });
    return answerOf(question, answer, plan);
  }

  /** Nothing follows from an answer that broke off. A plan that cannot be applied is the engine's mistake, and not the person's. */
  private async planOf(userId: Uuid, { question, answer, apply }: { question: Question; answer: EngineAnswer; apply: boolean }): Promise<Plan | null> {
    if (answer.changes.length === 0 || answer.truncated) return null;
    try {
      return await this.plans.receive(userId, answer.changes, { conversationId: question.conversation_id, apply: apply && answer.needs_confirmation !== true });
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') throw new AnswerUnusable({ cause: error });
      throw error;
    }
  }
}

function answerOf(question: Question, answer: EngineAnswer, plan: Plan | null): Answer {
  return {
    conversation_id: question.conversation_id,
    reply_id: answer.reply_id,
    ai_response: answer.ai_response,
    created_tasks: plan?.status === 'applied' ? tasksOf(plan) : [],
    media_suggestions: answer.media_suggestions,
    plan: plan && { id: plan.id, status: plan.status },
    memories_used: answer.memories_used,
    model: answer.model,
    answered_by: answer.answered_by,
    truncated: answer.truncated,
    cites: answer.cites ?? [],
    needs_confirmation: answer.needs_confirmation ?? false,
  };
}

function tasksOf(plan: Plan): Answer['created_tasks'] {
  return plan.changes.flatMap((change) => {
    if (change.op !== 'create_task') return [];
    const { id, title, scheduled_time, recurring_pattern: rrule } = change.task;
    return [{ id, title, scheduled_time, recurrence: rrule === null ? null : describeRule(canonicalRule(rrule)) }];
  });
}
