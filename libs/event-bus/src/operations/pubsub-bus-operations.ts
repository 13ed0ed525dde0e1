import { PubSub } from '@google-cloud/pubsub';
import { BusCannotTell, BusUnavailable } from '../event-bus.errors.js';
import { requireCredentials } from '../pubsub/credentials.js';
import { DeadLetterBox, type BoxedLetter } from '../pubsub/dead-letter-box.js';
import { subscriptionName, topicName, Topology } from '../pubsub/topology.js';
import { BusOperations, factsOf, type DeadEvent } from './bus-operations.js';

const SUBSCRIPTIONS = `of the subscriptions ${subscriptionName('<group>', '<type>')}`;
const DEAD = '`npm run selfos -- events dlq list` shows what was given up.';

/**
 * Google Pub/Sub, for operators: the dead letters of every group that has some place for them. Pub/Sub shows no message to anybody but its
 * subscriber and counts none, so what was published, waits or is in hand is told elsewhere, and the refusal says where.
 */
export class PubSubBusOperations extends BusOperations {
  private readonly letters: DeadLetterBox;

  private constructor(private readonly pubsub: PubSub) {
    super();
    this.letters = new DeadLetterBox(new Topology(pubsub), pubsub);
  }

  /** Makes nothing. Rejects with BusUnavailable where no Pub/Sub answers. */
  static async open(projectId: string): Promise<PubSubBusOperations> {
    const pubsub = new PubSub({ projectId });
    await requireCredentials(pubsub);
    const operations = new PubSubBusOperations(pubsub);
    try {
      await operations.letters.groups();
    } catch (cause) {
      await operations.close();
      throw new BusUnavailable({ detail: 'Google Pub/Sub does not answer, or not to these credentials.', cause });
    }
    return operations;
  }

  told(): Promise<never> {
    return refused(`Pub/Sub shows messages to subscribers only. Cloud Monitoring counts those of the topics ${topicName('<type>')}: topic/send_message_operation_count. ${DEAD}`);
  }

  lag(): Promise<never> {
    return refused(`Pub/Sub does not count what is unread. Cloud Monitoring does: subscription/num_undelivered_messages and subscription/oldest_unacked_message_age ${SUBSCRIPTIONS}. ${DEAD}`);
  }

  open(): Promise<never> {
    return refused(`Pub/Sub does not say which events are in hand or wait. Cloud Monitoring counts them with the unread: subscription/num_undelivered_messages ${SUBSCRIPTIONS}. ${DEAD}`);
  }

  forget(group: string): Promise<never> {
    return refused(`On Pub/Sub nothing waits for a group that is gone. Delete its subscriptions (${subscriptionName(group, '<type>')}) with your tools for Google Cloud.`);
  }

  async dead(): Promise<DeadEvent[]> {
    const groups = await this.letters.groups();
    const letters = await Promise.all(groups.map(async (group) => (await this.letters.of(group)).map((letter) => deadEvent(group, letter))));
    return letters.flat().toSorted((a, b) => b.diedAt.getTime() - a.diedAt.getTime());
  }

  replay({ group, facts }: DeadEvent): Promise<boolean> {
    return this.letters.replay(group, facts.id);
  }

  drop({ group, facts }: DeadEvent): Promise<boolean> {
    return this.letters.drop(group, facts.id);
  }

  async close(): Promise<void> {
    await this.letters.close();
    await this.pubsub.close();
  }
}

function refused(detail: string): Promise<never> {
  return Promise.reject(new BusCannotTell({ detail }));
}

function deadEvent(group: string, { key, event, json, attempts, reason, diedAt }: BoxedLetter): DeadEvent {
  const { type } = event;
  return { group, facts: { ...factsOf(event, json, { id: key, type }), id: key }, attempts, reason, diedAt };
}
