import { asDomainKey, newDomainKey, type DomainKey } from '@selfos/crypto';
import { KeySource, type KeyName } from './key-source.js';

/** For specs: every key anyone asks for exists. */
export class InMemoryKeySource extends KeySource {
  private readonly keys = new Map<string, DomainKey>();
  /** How often keys were asked for. */
  asked = 0;

  domainKey({ userId, domain, epoch }: KeyName): Promise<DomainKey> {
    this.asked += 1;
    const id = `${userId}/${domain}/${epoch}`;
    const key = this.keys.get(id) ?? newDomainKey();
    this.keys.set(id, key);
    return Promise.resolve(asDomainKey(Uint8Array.from(key)));
  }
}
