import type { BusOperations } from './bus-operations.js';

/** The Pub/Sub of a Google Cloud project, for operators; loads Google's large client only now. Rejects with BusUnavailable. */
export async function openPubSubOperations(projectId: string): Promise<BusOperations> {
  const { PubSubBusOperations } = await import('./pubsub-bus-operations.js');
  return PubSubBusOperations.open(projectId);
}
