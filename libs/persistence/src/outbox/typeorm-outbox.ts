import type { DatabaseContext } from '../database-context.js';
import { Outbox, type OutboxEvent } from './outbox.js';

const INSERT = `
  INSERT INTO outbox (id, type, aggregate, aggregate_id, seq, payload, user_id, trace_id)
  VALUES ($1, $2, $3, $4, coalesce($5::bigint, nextval('outbox_seq')), $6::jsonb, $7, $8)`;

export class TypeormOutbox extends Outbox {
  constructor(private readonly context: DatabaseContext) {
    super();
  }

  async append(event: OutboxEvent): Promise<void> {
    const { id, type, aggregate, aggregateId } = event;
    const payload = JSON.stringify(event.payload);
    const userId = event.userId ?? this.context.current()?.userId ?? null;
    const row = [id, type, aggregate, aggregateId, event.seq ?? null, payload, userId, event.traceId ?? null];
    await this.context.manager().query(INSERT, row);
  }
}
