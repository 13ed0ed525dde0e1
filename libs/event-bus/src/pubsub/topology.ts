import type { PubSub, Subscription as PubSubSubscription, Topic } from '@google-cloud/pubsub';

const ALREADY_EXISTS = 6;
const DAY_S = 86_400;
/** The longest that Pub/Sub allows: groups that come later begin there. */
const KEPT_DAYS = 31;
/** Pub/Sub's bounds for its own retries, seconds. */
const RETRY = { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 64 } };
/** A safety net only: what a handler gives up goes to the dead letters with its reason, long before. */
const MOST_DELIVERIES = 20;

export const topicName = (prefix: string, type: string) => `${prefix}.${type}`;
export const subscriptionName = (prefix: string, group: string, type: string) => `${prefix}.${group}.${type}`;
export const deadLetterName = (prefix: string, group: string) => `${prefix}.dead.${group}`;

/** Topics and subscriptions, made from what is published and subscribed to; all of it may exist already. */
export class Topology {
  private readonly topics = new Map<string, Promise<Topic>>();

  constructor(
    private readonly pubsub: PubSub,
    private readonly prefix: string,
  ) {}

  /** The topic of a type: it keeps its messages, and orders those of one person where it can. */
  topic(type: string): Promise<Topic> {
    return this.madeTopic(topicName(this.prefix, type));
  }

  /** The dead letters of a group: a topic, and a subscription that keeps them. */
  async deadLetters(group: string): Promise<{ readonly topic: Topic; readonly subscription: PubSubSubscription }> {
    const name = deadLetterName(this.prefix, group);
    const topic = await this.madeTopic(name);
    await exists(() => topic.createSubscription(name, { ackDeadlineSeconds: 10, messageRetentionDuration: { seconds: KEPT_DAYS * DAY_S }, expirationPolicy: {} }));
    return { topic, subscription: this.pubsub.subscription(name) };
  }

  /** The subscription of a group to a type, at the beginning of what the topic keeps when it is new. */
  async subscription(group: string, type: string): Promise<string> {
    const name = subscriptionName(this.prefix, group, type);
    const [topic, dead] = [await this.topic(type), await this.deadLetters(group)];
    const made = await exists(() =>
      topic.createSubscription(name, {
        ackDeadlineSeconds: 10,
        enableMessageOrdering: false,
        retryPolicy: RETRY,
        deadLetterPolicy: { deadLetterTopic: dead.topic.name, maxDeliveryAttempts: MOST_DELIVERIES },
        expirationPolicy: {},
      }),
    );
    if (made) await this.pubsub.subscription(name).seek(new Date(Date.now() - KEPT_DAYS * DAY_S * 1_000));
    return name;
  }

  private madeTopic(name: string): Promise<Topic> {
    const known = this.topics.get(name) ?? this.makeTopic(name);
    this.topics.set(name, known);
    known.catch(() => this.topics.delete(name));
    return known;
  }

  private async makeTopic(name: string): Promise<Topic> {
    await exists(() => this.pubsub.createTopic({ name, messageRetentionDuration: { seconds: KEPT_DAYS * DAY_S } }));
    return this.pubsub.topic(name, { messageOrdering: true, batching: { maxMessages: 500, maxMilliseconds: 5 } });
  }
}

/** False when it existed already. */
async function exists(make: () => Promise<unknown>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === ALREADY_EXISTS) return false;
    throw error;
  }
}
