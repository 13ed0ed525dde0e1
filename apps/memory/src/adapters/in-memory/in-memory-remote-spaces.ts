import type { Uuid } from '@selfos/kernel';
import { RemoteSpaces } from '../../domain/ports/remote-spaces.js';

/** For specs. */
export class InMemoryRemoteSpaces extends RemoteSpaces {
  private readonly spaces = new Map<Uuid, string>();

  find(userId: Uuid): Promise<string | undefined> {
    return Promise.resolve(this.spaces.get(userId));
  }

  keep(userId: Uuid, space: string): Promise<void> {
    this.spaces.set(userId, space);
    return Promise.resolve();
  }
}
