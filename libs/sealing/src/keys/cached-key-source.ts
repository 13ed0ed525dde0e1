import type { Domain } from '@selfos/contracts';
import { asDomainKey, wipe, type DomainKey } from '@selfos/crypto';
import { currentContext } from '@selfos/observability';
import { KeySource, type KeyName } from './key-source.js';

const TTL_MS = 5 * 60_000;
const MAX_KEYS = 10_000;

interface Held {
  readonly key: Promise<DomainKey>;
  readonly timer: NodeJS.Timeout;
}

/** Keeps keys for five minutes at most, 10,000 at most, and overwrites them when they go. Failures are not kept. */
export class CachedKeySource extends KeySource {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly source: KeySource,
    private readonly ttlMs: number = TTL_MS,
    private readonly maxKeys: number = MAX_KEYS,
  ) {
    super();
  }

  async domainKey(name: KeyName): Promise<DomainKey> {
    // The source answers for the current person only; what it answered is not for others either.
    const person = currentContext()?.userId;
    if (person !== undefined && person !== name.userId) throw new Error('keys are asked for on behalf of the current person only');
    const id = `${name.userId}/${name.domain}/${name.epoch}`;
    const held = this.held.get(id);
    // Another call's failure, such as its deadline, is not this one's.
    const key = held === undefined ? await this.fetch(id, name).key : await held.key.catch(() => (this.held.get(id) ?? this.fetch(id, name)).key);
    // A copy: the kept key may be overwritten while the caller still works with it.
    return asDomainKey(Uint8Array.from(key));
  }

  override currentEpoch(userId: string, domain: Domain): Promise<number> {
    return this.source.currentEpoch(userId, domain);
  }

  /** Forgets everything at once: on shutdown, and when grants change. */
  clear(): void {
    for (const id of [...this.held.keys()]) this.evict(id);
  }

  private fetch(id: string, name: KeyName): Held {
    const key = this.source.domainKey(name);
    const timer = setTimeout(() => this.evict(id), this.ttlMs).unref();
    const held = { key, timer };
    this.held.set(id, held);
    key.catch(() => {
      if (this.held.get(id) === held) this.evict(id);
    });
    const [oldest] = this.held.keys();
    if (this.held.size > this.maxKeys && oldest !== undefined) this.evict(oldest);
    return held;
  }

  private evict(id: string): void {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.held.delete(id);
    clearTimeout(held.timer);
    held.key.then((key) => setImmediate(() => wipe(key)), () => undefined);
  }
}
