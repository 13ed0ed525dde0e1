import { cloudEventSchema, type Contract, type EventDefinition, type EventEnvelope, type InnerInput, type ServiceName } from '@selfos/contracts';
import { Clock, uuidv7 } from '@selfos/kernel';
import { currentContext, traceparentOf } from '@selfos/observability';
import { Outbox } from '@selfos/persistence';

/** Its number comes with its place in the outbox. */
const unnumbered = cloudEventSchema.omit({ seq: true });

/** What happened, without what is the same for every event. */
export interface Happening<C extends Contract> {
  /** The thing it happened to. */
  readonly aggregateId: string;
  /** Inner shape: words are envelopes. */
  readonly data: InnerInput<C>;
  /** Whose it is; by default the person of the current call. */
  readonly userId?: string;
}

/**
 * Tells the other services what happened: the event waits in the outbox of the ambient transaction and leaves if that commits.
 * An event of another service's, or data that does not fit the catalogue, is a programming error and throws a plain Error.
 */
export class EventPublisher {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly service: ServiceName,
  ) {}

  /** Resolves to the event's id. */
  async publish<T extends string, C extends Contract>(definition: EventDefinition<T, C>, happening: Happening<C>): Promise<string> {
    const event = this.envelopeOf(definition, happening);
    await this.outbox.append({
      id: event.id,
      type: event.type,
      aggregate: event.type.slice(0, event.type.indexOf('.')),
      aggregateId: event.aggregateid,
      payload: event,
      userId: event.userid,
      ...traceOf(),
    });
    return event.id;
  }

  private envelopeOf<T extends string, C extends Contract>(definition: EventDefinition<T, C>, happening: Happening<C>): Omit<EventEnvelope, 'seq'> {
    if (definition.publisher !== this.service) throw new Error(`${definition.type} is published by ${definition.publisher}`);
    const context = currentContext();
    const event = {
      specversion: '1.0',
      id: uuidv7(),
      source: `/${this.service}`,
      type: definition.type,
      time: this.clock.now().toISOString(),
      datacontenttype: 'application/json',
      userid: happening.userId ?? context?.userId,
      aggregateid: happening.aggregateId,
      dataversion: definition.version,
      ...(context === undefined ? {} : { traceparent: traceparentOf(context) }),
      data: definition.data.inner.safeParse(happening.data).data,
    };
    const checked = unnumbered.safeParse(event);
    if (!checked.success) throw new Error(`The event ${definition.type} does not fit its catalogue entry at ${placesOf(definition, happening)}`);
    return checked.data;
  }
}

function traceOf(): { traceId?: string } {
  const traceId = currentContext()?.traceId;
  return traceId === undefined ? {} : { traceId };
}

/** Paths only: values may be words. */
function placesOf(definition: EventDefinition, happening: { data: unknown }): string {
  const issues = definition.data.inner.safeParse(happening.data).error?.issues ?? [];
  return issues.map(({ path }) => `/data/${path.join('/')}`).join(', ') || 'its envelope (is there a person?)';
}
