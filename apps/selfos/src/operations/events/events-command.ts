import { services } from '../../services.js';
import { administratorUrl } from '../administrator-url.js';
import { OperationFailure } from '../operation-failure.js';
import type { Invocation } from '../run-operation.js';
import { knownDatabases } from '../service-databases.js';

const USE = 'Use: npm run selfos -- events lag';

/** `selfos events`: what waits, what was put aside, how far behind its readers are. Never what an event holds. */
export async function eventsCommand({ words, env, tell }: Invocation): Promise<void> {
  if (words[0] !== 'lag') throw new OperationFailure('usage', USE);
  for (const { service, name } of await knownDatabases(services, administratorUrl(env))) tell(`${service} ${name}`);
}
