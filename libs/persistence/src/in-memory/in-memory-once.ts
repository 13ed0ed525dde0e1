import { Once } from '../once/once.js';

/** For specs: remembers claims for as long as it lives. */
export class InMemoryOnce extends Once {
  private readonly claimed = new Set<string>();

  claim(scope: string, key: string): Promise<boolean> {
    const id = JSON.stringify([scope, key]);
    const first = !this.claimed.has(id);
    this.claimed.add(id);
    return Promise.resolve(first);
  }

  async claimAll(scope: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const fresh = new Set<string>();
    for (const key of keys) if (await this.claim(scope, key)) fresh.add(key);
    return fresh;
  }
}
