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
}
