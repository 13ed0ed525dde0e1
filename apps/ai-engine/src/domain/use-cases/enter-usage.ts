import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { type UsageEntry, UsageLedger } from '../ports/usage-ledger.js';

export interface GivenAnswer extends Omit<UsageEntry, 'at'> {
  /** The conversation it was given in; none for a story. */
  readonly conversationId?: Uuid;
}

/** Enters what an answer used, once for each answer, and tells the others that it was given. */
@Injectable()
export class EnterUsage {
  constructor(
    private readonly transaction: Transaction,
    private readonly ledger: UsageLedger,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, { conversationId, ...entry }: GivenAnswer): Promise<void> {
    await this.transaction.run(async () => {
      const isNew = await this.ledger.enter(userId, { ...entry, at: this.clock.now() });
      if (!isNew || conversationId === undefined) return;
      const { model, template, usage } = entry;
      const data = {
        reply_id: entry.answerId, conversation_id: conversationId, model, template: template.id, template_version: template.version,
        input_tokens: usage.inputTokens, output_tokens: usage.outputTokens,
      };
      await this.publisher.publish(events.responseGenerated, { aggregateId: entry.answerId, data });
    });
  }
}
