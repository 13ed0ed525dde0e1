import { uuidv7 } from '@selfos/kernel';
import { WorkerDatabase } from '@selfos/persistence';
import { WorkerOverdueTurns } from '../src/conversations/adapters/worker-overdue-turns.js';
import type { Answer, EngineAnswer, Question, StoredMessage } from '../src/conversations/domain/conversation/conversation.js';
import { MessageStore } from '../src/conversations/domain/ports/message-store.js';
import { SavedAnswer } from '../src/conversations/domain/ports/saved-answer.js';
import { TurnRecord } from '../src/conversations/domain/turn-record.js';
import { KeepTurn } from '../src/conversations/domain/use-cases/keep-turn.js';
import { SettleTurn } from '../src/conversations/domain/use-cases/settle-turn.js';
import { MongooseMessageStore } from '../src/conversations/repositories/mongoose/mongoose-message-store.js';
import { TypeormBegunTurns } from '../src/conversations/repositories/typeorm/typeorm-begun-turns.js';
import { TypeormConversationRepository } from '../src/conversations/repositories/typeorm/typeorm-conversation-repository.js';
import { PostgresMessageStore } from '../src/conversations/repositories/typeorm/postgres-message-store.js';
import { anAnswer, anEnvelope } from './builders.js';
import { as, type PostgresBackend } from './postgres-backend.js';

/** What happens at the moments of keeping a turn, besides what should. */
export interface Moments {
  /** The note is written, the messages are not. */
  readonly noted?: () => Promise<void>;
  /** The messages are stored, the turn is not begun to be written. */
  readonly stored?: () => Promise<void>;
  /** The turn is written and not committed. */
  readonly written?: () => Promise<void>;
}

class WatchedStore extends MessageStore {
  constructor(
    private readonly store: MessageStore,
    private readonly moments: Moments,
  ) {
    super();
  }

  async put(userId: string, messages: readonly StoredMessage[]): Promise<void> {
    await this.moments.noted?.();
    await this.store.put(userId, messages);
    await this.moments.stored?.();
  }

  remove(userId: string, ids: readonly string[]): Promise<number> {
    return this.store.remove(userId, ids);
  }

  find(userId: string, ids: readonly string[]): Promise<readonly StoredMessage[]> {
    return this.store.find(userId, ids);
  }
}

class WatchedAnswers extends SavedAnswer {
  constructor(private readonly moments: Moments) {
    super();
  }

  async keep(): Promise<void> {
    await this.moments.written?.();
  }
}

/** Keeping and settling turns over real stores; messages go to MongoDB when its URL is given. */
export class TurnDesk {
  private readonly store: MessageStore;
  private readonly mongo: MongooseMessageStore | undefined;
  private readonly domain: ReturnType<PostgresBackend['domain']>;

  constructor(
    private readonly backend: PostgresBackend,
    mongoUrl: string | undefined,
  ) {
    this.domain = backend.domain();
    this.mongo = mongoUrl === undefined ? undefined : new MongooseMessageStore(mongoUrl);
    this.store = this.mongo ?? new PostgresMessageStore(this.domain.transaction, this.domain.context);
  }

  async close(): Promise<void> {
    await this.mongo?.close();
  }

  /** Keeps what a person says, with an answer that proposes nothing. */
  say(userId: string, question: Question, moments: Moments = {}): Promise<Answer> {
    const { transaction, context, planDesk, publisher } = this.domain;
    const record = new TurnRecord(new TypeormConversationRepository(context), planDesk, publisher);
    const keep = new KeepTurn(new TypeormBegunTurns(context), new WatchedStore(this.store, moments), record, new WatchedAnswers(moments), transaction);
    const answer: EngineAnswer = anAnswer(question);
    return as(userId, () => keep.execute(userId, { question, answer, apply: true }));
  }

  settle(userId: string, messageId: string): ReturnType<SettleTurn['execute']> {
    return as(userId, () => this.settleTurn().execute(userId, messageId));
  }

  settleTurn(): SettleTurn {
    const { transaction, context } = this.domain;
    return new SettleTurn(new TypeormBegunTurns(context), new TypeormConversationRepository(context), this.store, transaction);
  }

  overdue(): WorkerOverdueTurns {
    return new WorkerOverdueTurns(new WorkerDatabase(this.backend.open.worker, this.backend.open.address.workerUrl));
  }

  /** What a person has: stored messages of these, whether there is a turn, and notes of begun ones. */
  async left(userId: string, { message_id, reply_id }: Pick<Question, 'message_id' | 'reply_id'>): Promise<{ messages: number; turn: boolean; notes: number }> {
    const messages = (await as(userId, () => this.store.find(userId, [message_id, reply_id]))).length;
    const turn = await this.sql(userId, 'SELECT 1 FROM turns WHERE user_id = $1 AND message_id = $2', [userId, message_id]);
    return { messages, turn: turn.length > 0, notes: (await this.sql(userId, 'SELECT 1 FROM begun_turns WHERE user_id = $1', [userId])).length };
  }

  /** The store loses a message. */
  lose(userId: string, id: string): Promise<number> {
    return as(userId, () => this.store.remove(userId, [id]));
  }

  /** Lets two hours go by for what a person has begun. */
  async age(userId: string): Promise<void> {
    await this.sql(userId, "UPDATE begun_turns SET since = since - interval '2 hours' WHERE user_id = $1", [userId]);
  }

  sql(userId: string, text: string, parameters: unknown[]): Promise<unknown[]> {
    const { transaction, context } = this.domain;
    return as(userId, () => transaction.run(() => context.manager().query<unknown[]>(text, parameters)));
  }
}

export function aQuestion(ids: { message_id?: string; reply_id?: string } = {}): Question {
  const message_id = ids.message_id ?? uuidv7();
  return {
    message_id, conversation_id: uuidv7(), reply_id: ids.reply_id ?? uuidv7(), message: anEnvelope('conversations.message.text', message_id), timezone: 'UTC', now: '2026-11-23T05:00:00.000Z', history: [],
    settings: { privacy_mode: 'off', model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } }, agenda: { tasks: [], more_tasks: 0, goals: [], more_goals: 0 },
  };
}
