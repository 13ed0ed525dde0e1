import { Logger } from '@selfos/observability';
import { EventBus, InMemoryEventBus, type BusEvent, type DeadLetter, type DeliveryPolicy, type Interest, type Subscription } from '../../src/index.js';

/** Takes an event whose handler threw for handled. */
export class SwallowingBus extends InMemoryEventBus {
  override subscribe(interest: Interest): Promise<Subscription> {
    return super.subscribe({ ...interest, handler: (event, info) => interest.handler(event, info).catch(() => undefined) });
  }
}

/** Counts what its handler cannot reach against the event. */
export class BlamingBus extends InMemoryEventBus {
  override subscribe(interest: Interest): Promise<Subscription> {
    const handler: Interest['handler'] = (event, info) => interest.handler(event, info).catch(() => Promise.reject(new Error('failed')));
    return super.subscribe({ ...interest, handler });
  }
}

/** Settles an event with its storage as soon as the handler has begun. */
export class HastyBus extends InMemoryEventBus {
  override subscribe(interest: Interest): Promise<Subscription> {
    const handler: Interest['handler'] = async (event, info) => {
      const handled = interest.handler(event, info);
      const failed = await Promise.race([handled.then(() => undefined, (error: unknown) => ({ error })), new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)))]);
      if (failed !== undefined) throw failed.error;
      handled.catch(() => undefined);
    };
    return super.subscribe({ ...interest, handler });
  }
}

/** Remembers the place of the newest event it has seen, and never looks behind it again. */
export class SkippingBus extends EventBus {
  private readonly sound: InMemoryEventBus;
  private readonly log: { readonly place: number; readonly event: BusEvent }[] = [];
  private readonly cursor = { place: 0 };
  private next = 1;

  constructor(policy: DeliveryPolicy) {
    super();
    this.sound = new InMemoryEventBus(policy, new Logger({ service: 'spec', level: 'CRITICAL' }));
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    for (const event of events) await this.begin(event)();
  }

  begin(event: BusEvent): () => Promise<void> {
    const place = this.next;
    this.next += 1;
    return async () => {
      this.log.push({ place, event });
      const ahead = this.log.filter((entry) => entry.place > this.cursor.place);
      this.cursor.place = Math.max(this.cursor.place, ...ahead.map((entry) => entry.place));
      await this.sound.publish(ahead.map((entry) => entry.event));
    };
  }

  subscribe(interest: Interest): Promise<Subscription> {
    return this.sound.subscribe(interest);
  }

  deadLetters(group: string): Promise<readonly DeadLetter[]> {
    return this.sound.deadLetters(group);
  }

  replay(group: string, eventId: string): Promise<boolean> {
    return this.sound.replay(group, eventId);
  }

  close(): Promise<void> {
    return this.sound.close();
  }
}
