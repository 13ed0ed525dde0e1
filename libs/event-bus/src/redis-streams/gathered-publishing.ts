import type { Redis } from 'ioredis';
import type { BusEvent } from '../event-bus.js';
import { packed } from './entry.js';

/** Gathers what is published within one turn of the event loop: events of one type share entries, whoever published them. */
export class GatheredPublishing {
  private waiting: BusEvent[] = [];
  private flush: Promise<void> | undefined;

  constructor(private readonly redis: Redis) {}

  /** Resolves when Redis has all that was gathered, and rejects when it may lack some: publishing again is free. */
  add(events: readonly BusEvent[]): Promise<void> {
    for (const event of events) this.waiting.push(event);
    this.flush ??= Promise.resolve().then(() => this.send());
    return this.flush;
  }

  private async send(): Promise<void> {
    const events = this.waiting;
    this.waiting = [];
    this.flush = undefined;
    // the client's auto-pipelining sends these as one
    await Promise.all([...packed(events)].map(({ key, fields }) => this.redis.xadd(key, '*', ...fields)));
  }
}
