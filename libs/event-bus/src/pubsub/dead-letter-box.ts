import { v1, type PubSub } from '@google-cloud/pubsub';
import { isEvent, type BusEvent, type DeadLetter } from '../event-bus.js';
import { CALL } from './calls.js';
import { send } from './send.js';
import { deadLetterName, type Topology } from './topology.js';

/** The most that are looked at. */
const MOST = 1_000;
const NOT_FOUND = 5;

/** A dead letter in its box. */
export interface BoxedLetter extends DeadLetter {
  /** The event's id, or the message's where what died is no event. */
  readonly key: string;
  /** The event as it was stored. */
  readonly json: string;
}

interface Taken {
  readonly ackId: string;
  readonly letter: BoxedLetter;
}

/**
 * The dead letters of groups, as messages of a topic for each: the event, with attempts and reason as attributes. Pub/Sub has no way to
 * read without taking: a look takes them and gives them back, and one that happens meanwhile sees fewer.
 */
export class DeadLetterBox {
  private client: Promise<InstanceType<typeof v1.SubscriberClient>> | undefined;

  constructor(
    private readonly topology: Topology,
    private readonly pubsub: PubSub,
  ) {}

  async add(group: string, letter: { readonly event: BusEvent; readonly attempts: number; readonly reason: string }): Promise<void> {
    const topic = await this.topology.deadLetters(group);
    const attributes = { attempts: String(letter.attempts), reason: letter.reason, died_at: new Date().toISOString() };
    await topic.publishMessage({ data: Buffer.from(JSON.stringify(letter.event)), attributes });
  }

  /** The groups that have a box, whichever services run. */
  async groups(): Promise<string[]> {
    const [subscriptions] = await this.pubsub.getSubscriptions({ gaxOpts: CALL });
    const before = this.path('');
    return subscriptions.flatMap(({ name }) => (name.startsWith(before) ? [name.slice(before.length)] : [])).toSorted();
  }

  /** Newest first, at most `most`. */
  async of(group: string, most = MOST): Promise<readonly BoxedLetter[]> {
    const taken = await this.take(group, most);
    await this.giveBack(group, taken);
    return taken.map(({ letter }) => letter).toSorted((a, b) => b.diedAt.getTime() - a.diedAt.getTime());
  }

  /** Publishes the event anew for its group alone, and then forgets the letter. False when there is none, or it holds no event. */
  replay(group: string, key: string): Promise<boolean> {
    return this.remove(group, key, async ({ event }) => {
      if (event.id === '') return false;
      await send(await this.topology.topic(event.type), event, { only: group });
      return true;
    });
  }

  /** False when there is none. */
  drop(group: string, key: string): Promise<boolean> {
    return this.remove(group, key, () => Promise.resolve(true));
  }

  async close(): Promise<void> {
    await (await this.client)?.close();
  }

  /** Forgets what has this key once `mayGo` says so: what is not acknowledged comes back by itself. */
  private async remove(group: string, key: string, mayGo: (letter: BoxedLetter) => Promise<boolean>): Promise<boolean> {
    const { found = [], others = [] } = Object.groupBy(await this.take(group, MOST), ({ letter }) => (letter.key === key ? 'found' : 'others'));
    await this.giveBack(group, others);
    const [first] = found;
    if (first === undefined) return false;
    const goes = await mayGo(first.letter);
    if (goes) await (await this.subscriber()).acknowledge({ subscription: this.path(group), ackIds: found.map(({ ackId }) => ackId) }, CALL);
    else await this.giveBack(group, found);
    return goes;
  }

  /** One answer of Pub/Sub need not hold all there is. */
  private async take(group: string, most: number): Promise<Taken[]> {
    const taken: Taken[] = [];
    for (let more = true; more && taken.length < most; ) {
      const answer = await this.pull(group, most - taken.length);
      taken.push(...answer);
      more = answer.length > 0;
    }
    return taken;
  }

  private async pull(group: string, most: number): Promise<Taken[]> {
    const subscriber = await this.subscriber();
    try {
      const [answer] = await subscriber.pull({ subscription: this.path(group), maxMessages: most, returnImmediately: true }, CALL);
      return (answer.receivedMessages ?? []).map(({ ackId, message }) => ({ ackId: ackId ?? '', letter: letterOf(message ?? {}) }));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === NOT_FOUND) return [];
      throw error;
    }
  }

  private async giveBack(group: string, taken: readonly Taken[]): Promise<void> {
    if (taken.length === 0) return;
    const subscriber = await this.subscriber();
    await subscriber.modifyAckDeadline({ subscription: this.path(group), ackIds: taken.map(({ ackId }) => ackId), ackDeadlineSeconds: 0 }, CALL);
  }

  private path(group: string): string {
    return `projects/${this.pubsub.projectId}/subscriptions/${deadLetterName(group)}`;
  }

  private subscriber(): Promise<InstanceType<typeof v1.SubscriberClient>> {
    this.client ??= this.pubsub.getClientConfig().then((config) => new v1.SubscriberClient(config as ConstructorParameters<typeof v1.SubscriberClient>[0]));
    return this.client;
  }
}

interface StoredMessage {
  readonly messageId?: string | null;
  readonly data?: Uint8Array | string | null;
  readonly attributes?: { readonly [name: string]: string } | null;
}

/** Without attributes of ours the message was moved here by Pub/Sub: its consumers never answered. */
function letterOf({ messageId, data, attributes }: StoredMessage): BoxedLetter {
  const json = Buffer.from(data ?? '').toString();
  const event = eventIn(json) ?? { id: '', type: '' };
  return {
    key: event.id || (messageId ?? ''),
    event,
    json,
    attempts: Number(attributes?.['attempts'] ?? attributes?.['CloudPubSubDeadLetterSourceDeliveryCount'] ?? 0),
    reason: attributes?.['reason'] ?? 'event-bus.consumer.lost',
    diedAt: new Date(attributes?.['died_at'] ?? 0),
  };
}

/** Undefined for what is no event of ours: Pub/Sub moves here whatever was sent. */
function eventIn(json: string): BusEvent | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
