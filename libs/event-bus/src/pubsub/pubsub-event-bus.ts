import { Duration, PubSub, type ClientConfig, type Message, type Subscription as PubSubSubscription } from '@google-cloud/pubsub';
import type { Logger } from '@selfos/observability';
import { Consumer, type Delivery, type Settled } from '../consumer.js';
import { DEFAULT_POLICY, type DeliveryPolicy } from '../delivery.js';
import { EventBus, eventOf, isEvent, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { EventRejected } from '../event-bus.errors.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { send } from './send.js';
import { Topology } from './topology.js';

export interface PubSubEventBusOptions {
  /** Project, credentials, or `apiEndpoint` of an emulator; by default those of the environment that Google's library reads. */
  readonly client: ClientConfig;
  readonly logger: Logger;
  readonly policy?: DeliveryPolicy;
}

/** Messages that wait for each handler, so that batches form and none waits long. */
const IN_HAND_EACH = 16;
/** How long a stop waits for the last acknowledgements; the handlers are done by then. */
const LAST_ACKS_MS = 5_000;
const LETTERS_TOLD = 100;
/** How long to gather what arrives together, milliseconds. */
const GATHERED_MS = 2;

/** A message in hand. The library extends its ack deadline until it is settled. */
interface Place {
  readonly message: Message;
  /** True for a copy that was put aside; its attempts are counted in it. */
  readonly parked: boolean;
}

/** After so many deliveries a copy that is not due yet is made anew, long before Pub/Sub itself would give it up. */
const DELIVERIES_OF_A_COPY = 15;

/**
 * The bus as Google Pub/Sub: a topic for each type, a subscription for each service and type. The person is the ordering key, which helps
 * the broker and promises nothing. Deliveries are at least once, as everywhere.
 */
export class PubSubEventBus extends EventBus {
  private readonly pubsub: PubSub;
  private readonly topology: Topology;
  private readonly letters: DeadLetterBox;
  private readonly policy: DeliveryPolicy;
  private readonly subscriptions = new Set<Subscription>();
  private closing: Promise<void> | undefined;

  constructor(private readonly options: PubSubEventBusOptions) {
    super();
    this.pubsub = new PubSub(options.client);
    this.topology = new Topology(this.pubsub);
    this.policy = options.policy ?? DEFAULT_POLICY;
    this.letters = new DeadLetterBox(this.topology, this.pubsub);
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    await Promise.all(events.map(async (event) => send(await this.topology.topic(event.type), eventOf(event))));
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    const consumer = new Consumer<Place>({ interest, policy: this.policy, logger: this.options.logger, settle: (settled) => this.settle(interest.group, settled) });
    const opened = await Promise.all(interest.types.map((type) => this.open(interest.group, type)));
    const gathered = new Gathered<Delivery<Place>>((deliveries) => consumer.offer(deliveries));
    for (const one of opened) {
      one.on('message', (message) => this.take(gathered, interest.group, message));
      one.on('error', (error: unknown) => this.options.logger.warn('A Pub/Sub subscription has a problem', { error, group: interest.group }));
    }
    const subscription: Subscription = {
      close: async () => {
        this.subscriptions.delete(subscription);
        const left = [...(await consumer.close())];
        gathered.flush(); // what came meanwhile is not begun any more
        left.push(...(await consumer.close()));
        for (const { place } of left) place.message.nack();
        await Promise.all(opened.map((one) => one.close()));
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  deadLetters(group: string): Promise<readonly DeadLetter[]> {
    return this.letters.of(group, LETTERS_TOLD);
  }

  replay(group: string, eventId: string): Promise<boolean> {
    return this.letters.replay(group, eventId);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.letters.close();
    await this.pubsub.close();
  }

  private async open(group: string, type: string): Promise<PubSubSubscription> {
    const name = await this.topology.subscription(group, type);
    return this.pubsub.subscription(name, {
      flowControl: { maxMessages: this.policy.concurrency * IN_HAND_EACH, allowExcessMessages: false },
      maxExtensionTime: Duration.from({ millis: this.policy.handlerDeadlineMs + this.policy.leaseMs }),
      batching: { maxMilliseconds: 5 },
      // one for each type of each group is enough, and a connection carries a hundred
      streamingOptions: { maxStreams: 1 },
      closeOptions: { timeout: Duration.from({ millis: LAST_ACKS_MS }) },
    });
  }

  private take(gathered: Gathered<Delivery<Place>>, group: string, message: Message): void {
    const only = message.attributes['only'];
    if (only !== undefined && only !== group) return message.ack();
    const due = Number(message.attributes['due'] ?? 0);
    if (due > Date.now()) return this.notYet(message);
    const event = eventIn(message);
    if (event !== undefined) return gathered.add({ event, ...soFar(message), place: { message, parked: due > 0 }, readAt: performance.now() });
    this.letters.add(group, { event: { id: '', type: '' }, attempts: 1, reason: EventRejected.code }).then(
      () => message.ack(),
      () => message.nack(),
    );
  }

  /** Pub/Sub brings it again after its own pause, which grows. */
  private notYet(message: Message): void {
    const event = message.deliveryAttempt < DELIVERIES_OF_A_COPY ? undefined : eventIn(message);
    if (event === undefined) return message.nack();
    this.copy(event, message.attributes).then(
      () => message.ack(),
      () => message.nack(),
    );
  }

  private async copy(event: BusEvent, attributes: Record<string, string>): Promise<void> {
    await send(await this.topology.topic(event.type), event, attributes);
  }

  /** A dead letter is stored before its event is forgotten here: a cut in between brings it twice, never not at all. */
  private async settle(group: string, settled: readonly Settled<Place>[]): Promise<void> {
    await Promise.all(settled.map((one) => this.keepElsewhere(group, one)));
    for (const { delivery, outcome } of settled) {
      // Pub/Sub itself waits before it brings a refused message again, longer each time
      if (outcome.kind === 'retry' && !delivery.place.parked) delivery.place.message.nack();
      else delivery.place.message.ack();
    }
  }

  /** What waits for something that is away would use up the deliveries that Pub/Sub allows: a copy for this group waits in its place. */
  private async keepElsewhere(group: string, { delivery, outcome }: Settled<Place>): Promise<void> {
    const { event, attempt, waits = 0, place } = delivery;
    if (outcome.kind === 'dead') await this.bury(group, delivery, outcome.reason);
    const parked = outcome.kind === 'wait' ? { attempts: attempt - 1, waits: waits + 1 } : { attempts: attempt, waits };
    if (outcome.kind !== 'wait' && !(outcome.kind === 'retry' && place.parked)) return;
    await this.copy(event, { only: group, attempts: String(parked.attempts), waits: String(parked.waits), due: String(Date.now() + outcome.pauseMs) });
  }

  private bury(group: string, { event, attempt }: Delivery<Place>, reason: string): Promise<void> {
    return this.letters.add(group, { event, attempts: attempt, reason });
  }
}

/** Hands on together what comes within a moment. */
class Gathered<T> {
  private waiting: T[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly handOn: (items: readonly T[]) => void) {}

  add(item: T): void {
    this.waiting.push(item);
    this.timer ??= setTimeout(() => this.flush(), GATHERED_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length > 0) this.handOn(this.waiting.splice(0));
  }
}

/** A copy counts in its attributes; for any other message Pub/Sub counts. */
function soFar({ attributes, deliveryAttempt }: Message): { readonly attempt: number; readonly waits?: number } {
  const { attempts, waits } = attributes;
  return attempts === undefined ? { attempt: Math.max(1, deliveryAttempt) } : { attempt: Number(attempts) + 1, waits: Number(waits) };
}

function eventIn(message: Message): BusEvent | undefined {
  try {
    const event: unknown = JSON.parse(message.data.toString());
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}
