import type { PubSub } from '@google-cloud/pubsub';
import { BusUnavailable } from '../event-bus.errors.js';

/** Rejects with BusUnavailable where the environment has no credentials for Google; asked without any, the client ends the process. */
export async function requireCredentials(pubsub: PubSub): Promise<void> {
  if (pubsub.isEmulator) return;
  try {
    await pubsub.auth.getClient();
  } catch (cause) {
    throw new BusUnavailable({ detail: 'The environment has no credentials for Google Pub/Sub.', cause });
  }
}
