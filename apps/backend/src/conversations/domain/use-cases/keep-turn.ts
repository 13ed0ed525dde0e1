import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { messagesOf, type Answer, type EngineAnswer, type Question } from '../conversation/conversation.js';
import { MessageStore } from '../ports/message-store.js';
import { SavedAnswer } from '../ports/saved-answer.js';
import { TurnRecord } from '../turn-record.js';

/** Keeps a turn: its messages first, where nobody sees them yet, then in one transaction everything that makes them exist. */
@Injectable()
export class KeepTurn {
  constructor(
    private readonly messages: MessageStore,
    private readonly record: TurnRecord,
    private readonly saved: SavedAnswer,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, said: { question: Question; answer: EngineAnswer; apply: boolean }): Promise<Answer> {
    await this.transaction.run(() => this.record.refuseKnown(userId, said.question.message_id));
    await this.messages.put(userId, messagesOf(said.question, said.answer));
    return this.transaction.run(async () => {
      const answer = await this.record.write(userId, said);
      await this.saved.keep(answer);
      return answer;
    });
  }
}
