import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { BegunTurns, type BegunTurn } from '../begun-turn/begun-turn.repository.js';
import { ConversationRepository } from '../conversation/conversation.repository.js';
import { MessageStore } from '../ports/message-store.js';

export interface Settlement {
  /** Messages without a turn, deleted. */
  readonly deleted: number;
  /** Messages of a turn that the store has lost. */
  readonly missing: number;
}

interface Verdict {
  readonly begun: BegunTurn;
  readonly kept: readonly Uuid[];
  readonly orphans: readonly Uuid[];
}

/**
 * Settles a turn that was begun long ago. If it became one, its messages stay, and are looked for; if not, they are deleted. The turn
 * and this decision take the same lock: whichever comes second finds the other. What was acknowledged is never deleted.
 */
@Injectable()
export class SettleTurn {
  constructor(
    private readonly begunTurns: BegunTurns,
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageStore,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, messageId: Uuid): Promise<Settlement> {
    const verdict = await this.transaction.run(() => this.judge(userId, messageId));
    if (verdict === undefined) return { deleted: 0, missing: 0 };
    const { begun, kept, orphans } = verdict;
    const deleted = await this.messages.remove(userId, orphans);
    const missing = kept.length - (await this.messages.find(userId, kept)).length;
    await this.transaction.run(() => this.begunTurns.end(userId, begun));
    return { deleted, missing };
  }

  private async judge(userId: Uuid, messageId: Uuid): Promise<Verdict | undefined> {
    const begun = await this.begunTurns.lock(userId, messageId);
    if (begun === undefined) return undefined;
    const turn = await this.conversations.findTurnOf(userId, messageId);
    if (turn === undefined) await this.begunTurns.forget(userId, messageId);
    const kept = turn === undefined ? [] : [turn.message_id, turn.reply_id];
    return { begun, kept, orphans: [messageId, ...begun.replies].filter((id) => !kept.includes(id)) };
  }
}
