import { services } from '../../services.js';
import { administratorUrl } from '../administrator-url.js';
import { OperationFailure } from '../operation-failure.js';
import type { Invocation } from '../run-operation.js';
import { knownDatabases } from '../service-databases.js';

const USE = 'Use: npm run selfos -- work list';

/** `selfos work`: what is booked, in hand, over. Ids, kinds, states and times; never what a job holds. */
export async function workCommand({ words, env, tell }: Invocation): Promise<void> {
  if (words[0] !== 'list') throw new OperationFailure('usage', USE);
  for (const { service, name } of await knownDatabases(services, administratorUrl(env))) tell(`${service} ${name}`);
}
