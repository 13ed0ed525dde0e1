import { Injectable } from '@nestjs/common';
import type { Domain, ServiceName } from '@selfos/contracts';
import type { DomainKey } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import { mayHaveKey } from '../keys/grants.js';
import { KeyForbidden, KeyNotFound } from '../keys/key.errors.js';
import { KeyRing } from '../keys/key-ring.js';

export interface KeyRequest {
  /** Who asks. */
  readonly service: ServiceName | undefined;
  readonly domain: Domain;
  readonly epoch: number;
}

/** Gives a service one key of a person's, if its grant has the domain. Throws KeyForbidden or KeyNotFound. */
@Injectable()
export class ProvideDomainKey {
  constructor(private readonly keys: KeyRing) {}

  async execute(userId: Uuid, { service, domain, epoch }: KeyRequest): Promise<DomainKey> {
    if (!mayHaveKey(service, domain)) throw new KeyForbidden();
    const key = await this.keys.domainKey(userId, domain, epoch);
    if (key === undefined) throw new KeyNotFound();
    return key;
  }
}
