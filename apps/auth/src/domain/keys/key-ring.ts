import type { Domain } from '@selfos/contracts';
import type { DomainKey, ServerKey } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';

/** Keeps people's keys, wrapped. Nobody but auth sees the store; others ask for one key at a time. */
export abstract class KeyRing {
  /** Makes epoch 1 of every domain's key and the server key. What exists stays as it is: safe to repeat. */
  abstract create(userId: Uuid): Promise<void>;

  /** Undefined when there is no such key. */
  abstract domainKey(userId: Uuid, domain: Domain, epoch: number): Promise<DomainKey | undefined>;

  /** The key of the few fields that auth itself must read. Undefined for a person who has no keys. */
  abstract serverKey(userId: Uuid): Promise<ServerKey | undefined>;
}
