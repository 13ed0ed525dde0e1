import { cloudEventSchema, eventDefinition, type EventEnvelope, type ServiceName } from '@selfos/contracts';
import { parseTraceparent, rootContext, runInContext, type CallContext, type Tracer } from '@selfos/observability';
import { Once, Transaction } from '@selfos/persistence';
import { EventRejected } from '../event-bus.errors.js';

export interface EventRunnerParts {
  /** The consuming service: names its once-claims. */
  readonly consumer: ServiceName;
  readonly transaction: Transaction;
  readonly once: Once;
  readonly tracer: Tracer;
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
    const event = checkedEvent(raw);
    await runInContext(contextOf(event), () =>
      tracer.span(`event ${event.type}`, { kind: 'consumer', attributes: { event: event.id, consumer } }, () =>
        transaction.run(async () => {
          if (await once.claim(`event:${consumer}`, event.id)) await handle(event);
        }),
      ),
    );
  }
}

/** The event as its catalogue entry describes it. */
export function checkedEvent(raw: unknown): EventEnvelope {
  const envelope = cloudEventSchema.safeParse(raw);
  if (!envelope.success) throw new EventRejected({ detail: 'It is no CloudEvents 1.0 envelope.' });
  const event = envelope.data;
  const definition = eventDefinition(event.type);
  if (definition === undefined) throw new EventRejected({ detail: 'The catalogue has no such type.' });
  if (event.dataversion !== definition.version) throw new EventRejected({ detail: 'The catalogue has another version of this type.' });
  if (event.source !== `/${definition.publisher}`) throw new EventRejected({ detail: 'Another service publishes this type.' });
  const data = definition.data.inner.safeParse(event.data);
  if (!data.success) throw new EventRejected({ detail: 'Its data does not fit its type.', issues: data.error.issues.map(({ path }) => ({ pointer: `/data/${path.join('/')}`, detail: 'does not fit' })) });
  return { ...event, data: data.data as Record<string, unknown> };
}

function contextOf(event: EventEnvelope): CallContext {
  return rootContext({ kind: 'event', id: event.id }, { userId: event.userid, ...parseTraceparent(event.traceparent) });
}
