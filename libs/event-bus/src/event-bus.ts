/** An event as it travels: a CloudEvents 1.0 object, JSON all through. The bus itself reads only `id` and `type`. */
export interface BusEvent {
  readonly id: string;
  readonly type: string;
}

/** True for what could be an event, before anything about it is checked. */
export function isEvent(value: unknown): value is BusEvent {
  return typeof value === 'object' && value !== null && 'id' in value && 'type' in value && typeof value.id === 'string' && typeof value.type === 'string';
}

/** An event together with its JSON, as it was kept: so that a bus need not write what is written already. */
export class WrittenEvent implements BusEvent {
  constructor(
    readonly id: string,
    readonly type: string,
    readonly json: string,
  ) {}
}

/** The JSON of an event. */
export function jsonOf(event: BusEvent): string {
  return event instanceof WrittenEvent ? event.json : JSON.stringify(event);
}

/** The event itself, a copy of its own. */
export function eventOf(event: BusEvent): BusEvent {
  return event instanceof WrittenEvent ? (JSON.parse(event.json) as BusEvent) : structuredClone(event);
}

/** Which time this event is brought to this group: 1 at first. */
export interface DeliveryInfo {
  readonly attempt: number;
}

export type EventHandler = (event: BusEvent, info: DeliveryInfo) => Promise<void>;

/**
 * Takes several events at once, all or none: it resolves when all are taken, and rejects, soon after `signal` at the latest, when
 * nothing is left of any. Rejected events are brought again at once, one by one; that counts as no attempt.
 */
export type BatchHandler = (events: readonly BusEvent[], signal: AbortSignal) => Promise<void>;

/** Who wants what: every event of `types` is brought to one replica of `group`, beginning with the first that was ever published. */
export interface Interest {
  /** The consuming service; its replicas share the group. */
  readonly group: string;
  readonly types: readonly string[];
  readonly handler: EventHandler;
  /** Where given, first deliveries go here together, and second ones where a consumer was lost; everything else goes to `handler`. */
  readonly batchHandler?: BatchHandler;
}

/** A running subscription. */
export interface Subscription {
  /** Takes no more events and waits for the handlers that run. */
  close(): Promise<void>;
}

/** An event that a group gave up on; it waits until someone replays it. */
export interface DeadLetter {
  readonly event: BusEvent;
  readonly attempts: number;
  /** The identity of the last error: its code or class, never its text. */
  readonly reason: string;
  readonly diedAt: Date;
}

/**
 * Brings every published event to every group at least once.
 *
 * A handler that resolves has taken the event; one that rejects gets it again after a pause, up to five times in all, then it becomes a
 * dead letter of that group. A `DomainError` of kind `invalid` becomes a dead letter at once. A failing event delays no other.
 * No order is promised, and the same event may come twice: effects are made once by the handler's own once-claim.
 */
export abstract class EventBus {
  /** Resolves when the events are stored. Publishing an id again brings no second effect. */
  abstract publish(events: readonly BusEvent[]): Promise<void>;

  abstract subscribe(interest: Interest): Promise<Subscription>;

  /** The dead letters of a group, newest first, at most 100. */
  abstract deadLetters(group: string): Promise<readonly DeadLetter[]>;

  /** Brings a dead letter to its group again, with its attempts reset. False when there is none. */
  abstract replay(group: string, eventId: string): Promise<boolean>;

  /**
   * Which life of its storage the bus is in. A change means that events it had acknowledged may be lost, and whoever still has them
   * publishes them again. A bus that keeps what it acknowledged has one life.
   */
  epoch(): Promise<string> {
    return Promise.resolve('one');
  }

  /** Ends all subscriptions and connections. */
  abstract close(): Promise<void>;
}
