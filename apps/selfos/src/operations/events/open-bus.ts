import type { Environment } from '@selfos/config';
import { BusUnavailable, PostgresBusOperations, RedisBusOperations, type BusOperations } from '@selfos/event-bus';
import { administratorUrl } from '../administrator-url.js';
import { OperationFailure } from '../operation-failure.js';

/**
 * The bus that the services use, chosen as they choose it: Redis Streams when REDIS_URL is set, else the log in the PostgreSQL of
 * DATABASE_URL or of the SelfOS that runs here.
 * @throws OperationFailure `unavailable` when it cannot be reached
 */
export async function openBus(env: Environment): Promise<BusOperations> {
  const redisUrl = env['REDIS_URL'];
  try {
    return redisUrl ? await RedisBusOperations.open(redisUrl) : await PostgresBusOperations.open(administratorUrl(env));
  } catch (error) {
    if (error instanceof BusUnavailable) throw new OperationFailure('unavailable', `${error.detail ?? error.title}${redisUrl ? ` (REDIS_URL: ${new URL(redisUrl).host})` : ''}`, { cause: error });
    throw error;
  }
}
