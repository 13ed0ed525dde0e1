import type { BusEvent } from '../event-bus.js';

/** What may be told of an event: never what it holds. */
export interface EventFacts {
  readonly id: string;
  readonly type: string;
  /** Absent where what is stored is no event of ours. */
  readonly userId?: string;
  readonly aggregateId?: string;
  readonly version?: number;
  readonly traceparent?: string;
  /** Size of its JSON in bytes. */
  readonly bytes: number;
}

export interface ToldEvent {
  readonly facts: EventFacts;
  readonly publishedAt: Date;
}

/** An event that a group has read and not settled. */
export interface OpenEvent {
  readonly group: string;
  readonly facts: EventFacts;
  /** Which attempt it is in or waits for, those before it having failed. */
  readonly attempt: number;
  /** How often it has waited for something that was away. */
  readonly waits: number;
  readonly inHand: boolean;
  /** When it is tried again, or given to another. */
  readonly dueAt: Date;
}

/** How far one group is behind with one type. */
export interface GroupLag {
  readonly group: string;
  readonly type: string;
  /** Not read yet: events, or on Redis entries, which hold up to 64. */
  readonly unread: number;
  readonly open: number;
  readonly dead: number;
  /** When the oldest of what is unread was published. */
  readonly since: Date | undefined;
}

export interface DeadEvent {
  readonly group: string;
  readonly facts: EventFacts;
  readonly attempts: number;
  /** The identity of the last error. */
  readonly reason: string;
  readonly diedAt: Date;
}

/** Where a look at what was published ended, for the next look; the adapter's own. */
export interface Told {
  readonly events: readonly ToldEvent[];
  readonly place: string;
}

/** What an operator may see of a bus and do with it. Looking changes nothing. */
export abstract class BusOperations {
  /** The last `most` events, the oldest first; after a `place`, those that came since. */
  abstract told(most: number, after?: string): Promise<Told>;

  abstract lag(): Promise<readonly GroupLag[]>;

  /** What groups have read and not settled, the next due first, at most `most`. */
  abstract open(most: number): Promise<readonly OpenEvent[]>;

  /** All dead letters of all groups, the newest first. */
  abstract dead(): Promise<readonly DeadEvent[]>;

  /** Brings a dead letter to its group again; its once-claim keeps an effect that was made from being made twice. False when it is gone. */
  abstract replay(letter: DeadEvent): Promise<boolean>;

  /** Forgets a dead letter for ever. False when it is gone. */
  abstract drop(letter: DeadEvent): Promise<boolean>;

  /** Removes a group that nobody consumes for any more, with what it has not read, has open and has given up. */
  abstract forget(group: string): Promise<'forgotten' | 'unknown' | 'at work'>;

  abstract close(): Promise<void>;
}

/** `fallback` names what is no event. */
export function factsOf(event: BusEvent | null | undefined, json: string, fallback: { readonly id: string; readonly type: string }): EventFacts {
  const fields: Partial<Record<string, unknown>> = { ...event };
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const version = fields['dataversion'];
  return {
    id: text('id') ?? fallback.id,
    type: text('type') ?? fallback.type,
    bytes: Buffer.byteLength(json),
    ...optional('userId', text('userid')),
    ...optional('aggregateId', text('aggregateid')),
    ...optional('traceparent', text('traceparent')),
    ...(typeof version === 'number' ? { version } : {}),
  };
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
