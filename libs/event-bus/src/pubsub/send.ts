import type { Topic } from '@google-cloud/pubsub';
import type { BusEvent } from '../event-bus.js';

/** An ordering key stops after a failure until it is told to go on: what failed is published again by whoever wanted it. */
export async function send(topic: Topic, event: BusEvent, attributes: Record<string, string> = {}): Promise<void> {
  const person = 'userid' in event && typeof event.userid === 'string' ? { orderingKey: event.userid } : {};
  try {
    await topic.publishMessage({ data: Buffer.from(JSON.stringify(event)), attributes, ...person });
  } catch (error) {
    if (person.orderingKey !== undefined) topic.resumePublishing(person.orderingKey);
    throw error;
  }
}
