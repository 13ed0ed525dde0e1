import type { EnvelopeJson, Inner, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';

export type Conversation = Inner<(typeof routes)['getConversation']['response']>;
export type MessageView = Inner<(typeof routes)['listMessages']['response']>['items'][number];
/** What the client gets for what was said. */
export type Answer = Inner<(typeof routes)['converse']['response']>;
/** What ai-engine is asked, and what it says. */
export type Question = Inner<(typeof routes)['answerMessage']['body']>;
export type EngineAnswer = Inner<(typeof routes)['answerMessage']['response']>;
/** What a person says. */
export type Saying = Inner<(typeof routes)['converse']['body']>;

/** One message as a store keeps it. Words are envelopes. */
export interface StoredMessage {
  readonly id: Uuid;
  readonly conversation_id: Uuid;
  readonly role: 'user' | 'assistant';
  readonly content: EnvelopeJson;
  /** What the person said of the moment; only with their own messages. */
  readonly context: EnvelopeJson | null;
  /** Media that were suggested; only with answers. */
  readonly media: EnvelopeJson | null;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** Ids of media. */
  readonly attachments: readonly Uuid[];
}

/** A message and its answer. Its row is the commit of both: a message without a turn does not exist for readers. */
export interface Turn {
  readonly id: Uuid;
  readonly conversation_id: Uuid;
  /** 1, 2, 3 … within the conversation. */
  readonly number: number;
  readonly message_id: Uuid;
  readonly reply_id: Uuid;
  readonly plan_id: Uuid | null;
  readonly model: string;
  readonly answered_by: EngineAnswer['answered_by'];
  readonly template: EngineAnswer['template'];
  /** Whether the answer broke off. */
  readonly truncated: boolean;
  /** Life areas and sentiment. */
  readonly metadata: EnvelopeJson;
  readonly created_at: string;
}

/** Both messages of a turn, before it is committed. */
export function messagesOf(question: Question, answer: EngineAnswer): [StoredMessage, StoredMessage] {
  const shared = { conversation_id: question.conversation_id, timestamp: question.now, attachments: [] };
  return [
    { ...shared, id: question.message_id, role: 'user', content: question.message, context: question.context ?? null, media: null },
    { ...shared, id: question.reply_id, role: 'assistant', content: answer.ai_response, context: null, media: answer.media_suggestions },
  ];
}

export function viewOf(message: StoredMessage, turn: Turn): MessageView {
  const isReply = message.role === 'assistant';
  return {
    id: message.id, role: message.role, text: message.content, created_at: message.timestamp,
    plan_id: isReply ? turn.plan_id : null, model: isReply ? turn.model : null, answered_by: isReply ? turn.answered_by : null, template: isReply ? turn.template : null, truncated: isReply && turn.truncated,
  };
}
