import { Outbox, type OutboxEvent } from '../outbox/outbox.js';

/** For specs: keeps what was appended, to be looked at. */
export class InMemoryOutbox extends Outbox {
  readonly events: OutboxEvent[] = [];

  append(event: OutboxEvent): Promise<void> {
    this.events.push(event);
    return Promise.resolve();
  }
}
