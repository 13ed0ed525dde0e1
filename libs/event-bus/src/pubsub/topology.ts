import type { PubSub, Topic } from '@google-cloud/pubsub';
import { BusUnavailable } from '../event-bus.errors.js';
import { CALL, within } from './calls.js';
import { requireCredentials } from './credentials.js';

const ALREADY_EXISTS = 6;
const MAKE = within(10_000);
const DAY_S = 86_400;
/** The longest that Pub/Sub allows: groups that come later begin there. */
const KEPT_DAYS = 31;
/** Pub/Sub's bounds for its own retries, seconds. */
const RETRY = { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 64 } };
/** A safety net only: what a handler gives up goes to the dead letters with its reason, long before. */
const MOST_DELIVERIES = 20;
/** The label of a subscription that begins at the time of its making, until it was set back to the beginning. */
const NOT_SET_BACK = { start: 'not-set-back' };

export const topicName = (type: string) => `selfos.${type}`;
export const subscriptionName = (group: string, type: string) => `selfos.${group}.${type}`;
export const deadLetterName = (group: string) => `selfos.dead.${group}`;

/** Topics and subscriptions, made from what is published and subscribed to; all of it may exist already. */
export class Topology {
  private readonly made = new Map<string, Promise<Topic>>();

  constructor(private readonly pubsub: PubSub) {}

  /** The topic of a type: it keeps its messages, and orders those of one person where it can. */
  topic(type: string): Promise<Topic> {
    const name = topicName(type);
    return this.once(name, () => this.makeTopic(name));
  }

  /** The dead letters of a group: a topic, and a subscription of the same name that keeps them. */
  deadLetters(group: string): Promise<Topic> {
    const name = deadLetterName(group);
    return this.once(name, async () => {
      const topic = await this.makeTopic(name);
      await isNew(() => topic.createSubscription(name, { ackDeadlineSeconds: 10, messageRetentionDuration: { seconds: KEPT_DAYS * DAY_S }, expirationPolicy: {}, gaxOpts: MAKE }));
      return topic;
    });
  }

  /** The subscription of a group to a type, at the beginning of what the topic keeps when it is new. */
  async subscription(group: string, type: string): Promise<string> {
    const name = subscriptionName(group, type);
    const [topic, dead] = await Promise.all([this.topic(type), this.deadLetters(group)]);
    const created = await isNew(() =>
      topic.createSubscription(name, {
        ackDeadlineSeconds: 10,
        enableMessageOrdering: false,
        retryPolicy: RETRY,
        deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: MOST_DELIVERIES },
        expirationPolicy: {},
        labels: NOT_SET_BACK,
        gaxOpts: MAKE,
      }),
    );
    await this.setBack(name, created);
    return name;
  }

  /** Whoever made a subscription may have died before it was set back: the label tells the next. Two that do it bring events twice. */
  private async setBack(name: string, created: boolean): Promise<void> {
    const subscription = this.pubsub.subscription(name);
    try {
      if (!created && (await subscription.getMetadata(MAKE))[0].labels?.['start'] !== NOT_SET_BACK.start) return;
      await subscription.seek(new Date(Date.now() - KEPT_DAYS * DAY_S * 1_000), MAKE);
      await subscription.setMetadata({ labels: {} }, MAKE);
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  private once(name: string, make: () => Promise<Topic>): Promise<Topic> {
    const known = this.made.get(name) ?? make();
    this.made.set(name, known);
    known.catch(() => this.made.delete(name));
    return known;
  }

  private async makeTopic(name: string): Promise<Topic> {
    await requireCredentials(this.pubsub);
    await isNew(() => this.pubsub.createTopic({ name, messageRetentionDuration: { seconds: KEPT_DAYS * DAY_S } }, MAKE));
    return this.pubsub.topic(name, { messageOrdering: true, batching: { maxMessages: 500, maxMilliseconds: 5 }, gaxOpts: CALL });
  }
}

function unavailable(cause: unknown): BusUnavailable {
  return new BusUnavailable({ detail: 'Google Pub/Sub does not answer, or not to these credentials.', cause });
}

/** False when it existed already. */
async function isNew(make: () => Promise<unknown>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === ALREADY_EXISTS) return false;
    throw unavailable(cause);
  }
}
