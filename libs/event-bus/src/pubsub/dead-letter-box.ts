import { v1, type PubSub } from '@google-cloud/pubsub';
import type { BusEvent, DeadLetter } from '../event-bus.js';
import { deadLetterName, type Topology } from './topology.js';

/** How many dead letters to look at; Pub/Sub has no way to read without taking, so they are taken and given back. */
const LOOKED_AT = 100;

interface Taken {
  readonly ackId: string;
  readonly letter: DeadLetter;
}

/** The dead letters of a group as messages of a topic of their own: the event, with attempts and reason as attributes. */
export class DeadLetterBox {
  private client: Promise<InstanceType<typeof v1.SubscriberClient>> | undefined;

  constructor(
    private readonly topology: Topology,
    private readonly pubsub: PubSub,
    private readonly prefix: string,
  ) {}

  async add(group: string, letter: { readonly event: BusEvent; readonly attempts: number; readonly reason: string }): Promise<void> {
    const { topic } = await this.topology.deadLetters(group);
    const attributes = { attempts: String(letter.attempts), reason: letter.reason, died_at: new Date().toISOString() };
    await topic.publishMessage({ data: Buffer.from(JSON.stringify(letter.event)), attributes });
  }

  async of(group: string): Promise<readonly DeadLetter[]> {
    const taken = await this.take(group);
    await this.giveBack(group, taken);
    return taken.map(({ letter }) => letter).toSorted((a, b) => b.diedAt.getTime() - a.diedAt.getTime());
  }

  /** Takes the letter of an event out; undefined when there is none among those looked at. */
  async remove(group: string, eventId: string): Promise<BusEvent | undefined> {
    const taken = await this.take(group);
    const found = taken.find(({ letter }) => letter.event.id === eventId);
    await this.giveBack(group, taken.filter((one) => one !== found));
    if (found === undefined) return undefined;
    const subscriber = await this.subscriber();
    await subscriber.acknowledge({ subscription: await this.nameOf(group), ackIds: [found.ackId] });
    return found.letter.event;
  }

  async close(): Promise<void> {
    await (await this.client)?.close();
  }

  private async take(group: string): Promise<Taken[]> {
    const subscriber = await this.subscriber();
    const [answer] = await subscriber.pull({ subscription: await this.nameOf(group), maxMessages: LOOKED_AT, returnImmediately: true });
    return (answer.receivedMessages ?? []).map(({ ackId, message }) => ({
      ackId: ackId ?? '',
      letter: letterOf(message?.data, message?.attributes ?? {}),
    }));
  }

  private async giveBack(group: string, taken: readonly Taken[]): Promise<void> {
    if (taken.length === 0) return;
    const subscriber = await this.subscriber();
    await subscriber.modifyAckDeadline({ subscription: await this.nameOf(group), ackIds: taken.map(({ ackId }) => ackId), ackDeadlineSeconds: 0 });
  }

  private async nameOf(group: string): Promise<string> {
    await this.topology.deadLetters(group);
    return `projects/${this.pubsub.projectId}/subscriptions/${deadLetterName(this.prefix, group)}`;
  }

  private subscriber(): Promise<InstanceType<typeof v1.SubscriberClient>> {
    this.client ??= this.pubsub.getClientConfig().then((config) => new v1.SubscriberClient(config as ConstructorParameters<typeof v1.SubscriberClient>[0]));
    return this.client;
  }
}

/** Without attributes of ours the message was moved here by Pub/Sub: its consumers never answered. */
function letterOf(data: Uint8Array | string | null | undefined, attributes: { readonly [name: string]: string }): DeadLetter {
  return {
    event: JSON.parse(Buffer.from(data ?? '').toString()) as BusEvent,
    attempts: Number(attributes['attempts'] ?? attributes['CloudPubSubDeadLetterSourceDeliveryCount'] ?? 0),
    reason: attributes['reason'] ?? 'event-bus.consumer.lost',
    diedAt: new Date(attributes['died_at'] ?? 0),
  };
}
