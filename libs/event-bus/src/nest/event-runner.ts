import type { EventEnvelope, ServiceName } from '@selfos/contracts';
import { parseTraceparent, rootContext, runInContext, type CallContext, type Tracer } from '@selfos/observability';
import { BatchTransaction, Once, Transaction, type Part } from '@selfos/persistence';
import { checkedEvent, type Definitions } from '../checking/checked-event.js';

export interface EventRunnerParts {
  /** The consuming service: names its once-claims. */
  readonly consumer: ServiceName;
  readonly transaction: Transaction;
  readonly batches: BatchTransaction;
  readonly once: Once;
  readonly tracer: Tracer;
  readonly definitions?: Definitions;
}

/**
 * Handles an event once: checked against the catalogue, for the event's person, in the event's trace, in one transaction with the
 * claim `event:<consumer>`. An event that was handled before is taken without an effect; a failure undoes claim and effects together.
 * Throws EventRejected for an unknown type, another version, or data that does not fit.
 */
export class EventRunner {
  constructor(private readonly parts: EventRunnerParts) {}

  async run(raw: unknown, handle: (event: EventEnvelope) => Promise<void>): Promise<void> {
    const { consumer, transaction, once, tracer } = this.parts;
    const event = checkedEvent(raw, this.parts.definitions);
    await runInContext(contextOf(event), () =>
      tracer.span(`event ${event.type}`, { kind: 'consumer', attributes: { event: event.id, consumer } }, () =>
        transaction.run(async () => {
          if (await once.claim(`event:${consumer}`, event.id)) await handle(event);
        }),
      ),
    );
  }

  /**
   * Handles many events in one transaction with their claims, each for its own person: all of them, or none when one is invalid, one
   * fails, or `signal` comes first. People are handled side by side, the events of one person one after another, in the order of their things.
   */
  async runTogether(batch: readonly unknown[], handle: (event: EventEnvelope) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { consumer, batches, once } = this.parts;
    // one order in all batches: two that change the same things wait for each other instead of locking each other out
    const events = batch.map((raw) => this.check(raw)).toSorted((a, b) => compare(a.userid, b.userid) || compare(a.aggregateid, b.aggregateid) || a.seq - b.seq);
    await batches.run(async (part) => {
      const fresh = new Set(await once.claimAll(`event:${consumer}`, events.map(({ id }) => id)));
      const people = Map.groupBy(events.filter(({ id }) => fresh.delete(id)), ({ userid }) => userid);
      await unlessAborted(signal, () => Promise.all([...people.values()].map((theirs) => this.handleEach(theirs, { handle, part, signal }))));
    });
  }

  private async handleEach(events: readonly EventEnvelope[], { handle, part, signal }: { handle: Handle; part: Part; signal: AbortSignal }): Promise<void> {
    const { consumer, tracer } = this.parts;
    for (const event of events) {
      signal.throwIfAborted();
      const attributes = { event: event.id, consumer };
      await runInContext(contextOf(event), () => tracer.span(`event ${event.type}`, { kind: 'consumer', attributes }, () => part(() => handle(event))));
    }
  }

  private check(raw: unknown): EventEnvelope {
    return checkedEvent(raw, this.parts.definitions);
  }
}

type Handle = (event: EventEnvelope) => Promise<void>;

/** Rejects when the signal comes first; what the work still does is undone with its transaction. */
async function unlessAborted(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function contextOf(event: EventEnvelope): CallContext {
  return rootContext({ kind: 'event', id: event.id }, { userId: event.userid, ...parseTraceparent(event.traceparent) });
}
