import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { BegunTurns } from '../begun-turn/begun-turn.repository.js';
import { AnswerTooLate, MessageStoreUnavailable } from '../conversation/conversation.errors.js';
import { messagesOf, type Answer, type EngineAnswer, type Question } from '../conversation/conversation.js';
import { MessageStore } from '../ports/message-store.js';
import { SavedAnswer } from '../ports/saved-answer.js';
import { TurnRecord } from '../turn-record.js';

interface Said {
  readonly question: Question;
  readonly answer: EngineAnswer;
  readonly apply: boolean;
}

/**
 * Keeps a turn: a note that it has begun, then its messages, where nobody sees them yet, then in one transaction everything that makes
 * them exist. What breaks off in between is found by the note.
 */
@Injectable()
export class KeepTurn {
  constructor(
    private readonly begunTurns: BegunTurns,
    private readonly messages: MessageStore,
    private readonly record: TurnRecord,
    private readonly saved: SavedAnswer,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, said: Said): Promise<Answer> {
    await this.begin(userId, said);
    await this.messages.put(userId, messagesOf(said.question, said.answer));
    const answer = await this.transaction.run(() => this.finish(userId, said));
    if (answer !== undefined) return answer;
    await this.begin(userId, said);
    throw new AnswerTooLate();
  }

  private async begin(userId: Uuid, { question, answer }: Said): Promise<void> {
    await this.transaction.run(async () => {
      await this.record.refuseKnown(userId, question.message_id);
      if (!(await this.begunTurns.begin(userId, { message_id: question.message_id, reply_id: answer.reply_id }))) throw new MessageStoreUnavailable();
    });
  }

  /** Undefined when it took so long that the messages were forgotten meanwhile: what was written after that is noted anew. */
  private async finish(userId: Uuid, said: Said): Promise<Answer | undefined> {
    if (!(await this.begunTurns.hold(userId, said.question.message_id))) return undefined;
    const answer = await this.record.write(userId, said);
    await this.saved.keep(answer);
    return answer;
  }
}
