import { cloudEventSchema, eventDefinition, events, upcasted, type EventDefinition, type EventEnvelope } from '@selfos/contracts';
import { z } from 'zod';
import { EventRejected } from '../event-bus.errors.js';
import { isEvent } from '../event-bus.js';
import { fitting, type Fits } from './fitting.js';

/** The catalogue, by type; another one in specs. */
export type Definitions = (type: string) => EventDefinition | undefined;

/** For each type, whether an event is one of today's version and fits as it is: envelope and data in one look. */
const today: ReadonlyMap<string, Fits> = new Map(Object.values<EventDefinition>(events).map((definition) => [definition.type, fitting(wholeEvent(definition))]));

function wholeEvent({ type, version, publisher, data }: EventDefinition): z.ZodType {
  return cloudEventSchema.extend({ type: z.literal(type), source: z.literal(`/${publisher}`), dataversion: z.literal(version), data: data.inner });
}

/**
 * The event as its catalogue entry describes it today, brought up from an older version where it has one. An event that fits already, as
 * almost all do, is given back itself.
 */
export function checkedEvent(raw: unknown, definitions: Definitions = eventDefinition): EventEnvelope {
  return definitions === eventDefinition && fitsAsItIs(raw) ? raw : parsedEvent(raw, definitions);
}

function fitsAsItIs(raw: unknown): raw is EventEnvelope {
  return isEvent(raw) && today.get(raw.type)?.(raw) === true;
}

function parsedEvent(raw: unknown, definitions: Definitions): EventEnvelope {
  const envelope = cloudEventSchema.safeParse(raw);
  if (!envelope.success) throw new EventRejected({ detail: 'It is no CloudEvents 1.0 envelope.' });
  const event = envelope.data;
  const definition = definitions(event.type);
  if (definition === undefined) throw new EventRejected({ detail: 'The catalogue has no such type.' });
  if (event.source !== `/${definition.publisher}`) throw new EventRejected({ detail: 'Another service publishes this type.' });
  const current = upcasted(definition, event.dataversion, event.data);
  if (current === undefined) throw new EventRejected({ detail: 'The catalogue does not know this version of the type.' });
  const data = definition.data.inner.safeParse(current);
  if (!data.success) throw new EventRejected({ detail: 'Its data does not fit its type.', issues: data.error.issues.map(({ path }) => ({ pointer: `/data/${path.join('/')}`, detail: 'does not fit' })) });
  return { ...event, dataversion: definition.version, data: data.data as Record<string, unknown> };
}
