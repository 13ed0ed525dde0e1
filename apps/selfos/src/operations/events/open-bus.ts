import type { Environment } from '@selfos/config';
import { BusUnavailable, openPubSubOperations, PostgresBusOperations, RedisBusOperations, type BusOperations } from '@selfos/event-bus';
import { administratorUrl } from '../administrator-url.js';
import { OperationFailure } from '../operation-failure.js';

/**
 * The bus that the services use, chosen as they choose it: Google Pub/Sub when PUBSUB_PROJECT_ID is set, Redis Streams when REDIS_URL is,
 * else the log in the PostgreSQL of DATABASE_URL or of the SelfOS that runs here.
 * @throws OperationFailure `unavailable` when it cannot be reached
 */
export async function openBus(env: Environment): Promise<BusOperations> {
  const { open, from = '' } = chosen(env);
  try {
    return await open();
  } catch (error) {
    if (error instanceof BusUnavailable) throw new OperationFailure('unavailable', `${error.detail ?? error.title}${from}`, { cause: error });
    throw error;
  }
}

function chosen(env: Environment): { readonly open: () => Promise<BusOperations>; readonly from?: string } {
  const { PUBSUB_PROJECT_ID: project, REDIS_URL: redisUrl } = env;
  if (project) return { open: () => openPubSubOperations(project), from: ` (PUBSUB_PROJECT_ID: ${project})` };
  if (redisUrl) return { open: () => RedisBusOperations.open(redisUrl), from: ` (REDIS_URL: ${new URL(redisUrl).host})` };
  return { open: async () => PostgresBusOperations.open(administratorUrl(env)) };
}
