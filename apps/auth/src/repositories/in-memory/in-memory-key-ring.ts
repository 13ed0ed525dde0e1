import { DOMAINS, type Domain } from '@selfos/contracts';
import { newDomainKey, newServerKey, type DomainKey, type ServerKey } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import { KeyRing } from '../../domain/keys/key-ring.js';

interface Ring {
  readonly server: ServerKey;
  readonly domains: ReadonlyMap<Domain, DomainKey>;
}

export class InMemoryKeyRing extends KeyRing {
  private readonly rings = new Map<Uuid, Ring>();

  create(userId: Uuid): Promise<void> {
    if (!this.rings.has(userId)) this.rings.set(userId, { server: newServerKey(), domains: new Map(DOMAINS.map((domain) => [domain, newDomainKey()])) });
    return Promise.resolve();
  }

  domainKey(userId: Uuid, domain: Domain, epoch: number): Promise<DomainKey | undefined> {
    return Promise.resolve(epoch === 1 ? this.rings.get(userId)?.domains.get(domain) : undefined);
  }

  serverKey(userId: Uuid): Promise<ServerKey | undefined> {
    return Promise.resolve(this.rings.get(userId)?.server);
  }
}
