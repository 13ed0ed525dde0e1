import { setTimeout as later } from 'node:timers';

export interface StoredMessage {
  readonly messageId: string;
  readonly data: Buffer;
  readonly attributes: Readonly<Record<string, string>>;
  readonly orderingKey: string;
  readonly publishedMs: number;
}

interface Outstanding {
  readonly message: StoredMessage;
  readonly attempt: number;
  readonly subscription: FakeSubscription;
  timer: NodeJS.Timeout;
}

export interface Received {
  readonly ackId: string;
  readonly deliveryAttempt: number;
  readonly message: StoredMessage;
}

/** One streaming pull of a client: what it gets, and how many it may have unsettled. */
export interface Puller {
  readonly most: number;
  deliver(received: Received): void;
  readonly open: Set<string>;
}

/** How much faster than the real service this one is: 0.1 makes an ack deadline of 10 s end after one. */
export interface Pace {
  readonly deadline: number;
  readonly backoff: number;
}

/** One subscription: messages waiting, messages out, and who pulls. */
export class FakeSubscription {
  readonly waiting: { readonly message: StoredMessage; readonly attempt: number }[] = [];
  readonly pullers = new Set<Puller>();
  private readonly out = new Map<string, Outstanding>();
  private nextAck = 1;
  acknowledged = 0;
  labels: Readonly<Record<string, string>>;

  constructor(
    readonly name: string,
    readonly topic: string,
    private readonly settings: { readonly pace: Pace; /** A refused message waits, longer each time. */ readonly backsOff: boolean; readonly labels: Readonly<Record<string, string>> },
  ) {
    this.labels = settings.labels;
  }

  /** Messages that nobody has acknowledged; those that pause after a refusal are not counted. */
  get left(): number {
    return this.waiting.length + this.out.size;
  }

  add(message: StoredMessage, attempt = 1): void {
    this.waiting.push({ message, attempt });
    this.flow();
  }

  /** Hands out as much as the pullers may take, to the emptiest first. */
  flow(): void {
    while (this.waiting.length > 0) {
      const puller = [...this.pullers].filter(({ open, most }) => most === 0 || open.size < most).toSorted((a, b) => a.open.size - b.open.size)[0];
      const next = puller === undefined ? undefined : this.waiting.shift();
      if (puller === undefined || next === undefined) return;
      const received = this.takeOut(next, puller);
      puller.deliver(received);
    }
  }

  pull(most: number): Received[] {
    return this.waiting.splice(0, most).map((next) => this.takeOut(next, undefined));
  }

  acknowledge(ackId: string): void {
    const out = this.out.get(ackId);
    if (out === undefined) return;
    clearTimeout(out.timer);
    this.acknowledged += 1;
    this.forget(ackId);
    this.flow();
  }

  modify(ackId: string, seconds: number): void {
    const out = this.out.get(ackId);
    if (out === undefined) return;
    clearTimeout(out.timer);
    if (seconds > 0) out.timer = this.expiry(ackId, seconds);
    else this.refuse(ackId, out);
  }

  /** A puller went away: what it had stays out until its deadline. */
  leave(puller: Puller): void {
    this.pullers.delete(puller);
  }

  stop(): void {
    for (const { timer } of this.out.values()) clearTimeout(timer);
  }

  private takeOut(next: { readonly message: StoredMessage; readonly attempt: number }, puller: Puller | undefined): Received {
    const ackId = `${this.name}#${this.nextAck}`;
    this.nextAck += 1;
    this.out.set(ackId, { ...next, subscription: this, timer: this.expiry(ackId, 10) });
    puller?.open.add(ackId);
    return { ackId, deliveryAttempt: next.attempt, message: next.message };
  }

  private expiry(ackId: string, seconds: number): NodeJS.Timeout {
    return later(() => {
      const out = this.out.get(ackId);
      if (out !== undefined) this.bringAgain(ackId, out, 0);
    }, seconds * 1_000 * this.settings.pace.deadline);
  }

  private refuse(ackId: string, out: Outstanding): void {
    this.bringAgain(ackId, out, !this.settings.backsOff ? 0 : Math.min(64, 2 ** (out.attempt - 1)) * 1_000 * this.settings.pace.backoff);
  }

  private bringAgain(ackId: string, { message, attempt }: Outstanding, pauseMs: number): void {
    this.forget(ackId);
    if (pauseMs === 0) this.add(message, attempt + 1);
    else later(() => this.add(message, attempt + 1), pauseMs).unref();
  }

  private forget(ackId: string): void {
    this.out.delete(ackId);
    for (const { open } of this.pullers) open.delete(ackId);
  }
}
