import { z } from 'zod';
import type { Contract } from '../contract.js';
import type { ServiceName } from '../domains.js';
import { instant } from '../fields.js';
import { clear } from '../marks.js';

/**
 * How data of an older version becomes data of the next one. Optional additions need none: they keep the version. Anything else is a
 * new version, and the old one stays here for as long as such an event can still come, which with dead letters is for ever.
 */
export interface Upcaster {
  readonly from: number;
  readonly upcast: (data: Record<string, unknown>) => Record<string, unknown>;
}

/** One kind of event: who may publish it and what it carries. Consumers get `data` in its inner shape. */
export interface EventDefinition<T extends string = string, C extends Contract = Contract> {
  readonly type: T;
  readonly version: number;
  readonly publisher: ServiceName;
  readonly summary: string;
  readonly data: C;
  /** From version 1 up to the one before this, in order. */
  readonly earlier?: readonly Upcaster[];
}

export function event<const T extends string, C extends Contract>(definition: EventDefinition<T, C>): EventDefinition<T, C> {
  return definition;
}

/**
 * The envelope on the wire: CloudEvents 1.0 (JSON format) with the extension attributes `userid`, `aggregateid`, `seq`
 * (strictly increasing per aggregate), `dataversion` and `traceparent` (W3C). No order is promised between events.
 */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: clear('publishing service', z.string().regex(/^\/[a-z-]+$/)),
  type: clear('event type', z.string().regex(/^[a-z_]+\.[a-z_]+$/)),
  time: instant,
  datacontenttype: z.literal('application/json'),
  userid: z.uuid(),
  aggregateid: z.uuid(),
  seq: z.int().min(1),
  dataversion: z.int().min(1),
  traceparent: clear('trace context', z.string().max(100)).optional(),
  data: clear('checked by the event’s own contract', z.record(z.string(), z.unknown())),
});

/** An event as it travels; `data` is the inner shape of its definition. */
export type EventEnvelope<D = Record<string, unknown>> = Omit<z.infer<typeof cloudEventSchema>, 'data'> & { readonly data: D };

/** Data of an older version in today's shape; undefined when there is no way from that version. The result is not checked yet. */
export function upcasted(definition: Pick<EventDefinition, 'version' | 'earlier'>, version: number, data: Record<string, unknown>): Record<string, unknown> | undefined {
  if (version === definition.version) return data;
  const step = definition.earlier?.find(({ from }) => from === version);
  return step === undefined ? undefined : upcasted(definition, version + 1, step.upcast(data));
}
