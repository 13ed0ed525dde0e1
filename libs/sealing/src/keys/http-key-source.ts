import { routes } from '@selfos/contracts';
import { asDomainKey, fromBase64Url, type DomainKey } from '@selfos/crypto';
import type { InternalClient } from '@selfos/http';
import { currentContext } from '@selfos/observability';
import { KeySource, type KeyName } from './key-source.js';

/**
 * Asks auth, which knows this service by its own token and gives keys of granted domains only. It answers for the person of the
 * current call context; asking for anyone else is a mistake in the caller and throws.
 */
export class HttpKeySource extends KeySource {
  constructor(private readonly client: Pick<InternalClient, 'call'>) {
    super();
  }

  async domainKey({ userId, domain, epoch }: KeyName): Promise<DomainKey> {
    if (currentContext()?.userId !== userId) throw new Error('keys are asked for on behalf of the current person only');
    const answer = await this.client.call(routes.domainKey, { body: { domain, epoch }, idempotent: true });
    const bytes = fromBase64Url(answer.key);
    if (bytes === undefined) throw new Error('auth answered with something that is no key');
    return asDomainKey(bytes);
  }
}
