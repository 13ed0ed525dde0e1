import type { Domain } from '@selfos/contracts';
import type { DomainKey } from '@selfos/crypto';

/** Which key: whose, of what, and which generation. */
export interface KeyName {
  readonly userId: string;
  readonly domain: Domain;
  /** From 1. */
  readonly epoch: number;
}

/** Where a service gets the domain keys that it holds a grant for. The caller owns the returned bytes and wipes them. */
export abstract class KeySource {
  /** Fails with what the key service answers: forbidden without a grant, not-found for a key that never was. */
  abstract domainKey(name: KeyName): Promise<DomainKey>;

  /** The epoch that new content is sealed under. */
  currentEpoch(_userId: string, _domain: Domain): Promise<number> {
    return Promise.resolve(1);
  }
}
