/** Something that happened, as it waits in the outbox. `payload` holds ids, clear state and envelopes, never plain words. */
export interface OutboxEvent {
  /** UUID version 7; the event's identity everywhere, so that consumers can tell repetitions. */
  readonly id: string;
  readonly type: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  /** Position among the events of the aggregate; by default the next number of the service, which only grows. */
  readonly seq?: number;
  readonly payload: unknown;
  readonly userId?: string;
  readonly traceId?: string;
}

/** "It happened": events are told to the others if, and only if, the transaction they were appended in commits. */
export abstract class Outbox {
  abstract append(event: OutboxEvent): Promise<void>;
}
