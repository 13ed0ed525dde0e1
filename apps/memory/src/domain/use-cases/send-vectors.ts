import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { RemoteSpaces } from '../ports/remote-spaces.js';
import { RemoteVectors } from '../ports/remote-vectors.js';
import { type IndexedVector, VectorIndex } from '../ports/vector-index.js';
import type { VectorChange } from '../search/mirrored-vector-index.js';

/** Brings the other place up to date with ours. May be done twice and in any order: what is gone here in the end is gone there. */
@Injectable()
export class SendVectors {
  constructor(
    private readonly own: VectorIndex,
    private readonly remote: RemoteVectors,
    private readonly transaction: Transaction,
    private readonly spaces: RemoteSpaces,
  ) {}

  /** Throws VectorIndexUnavailable. */
  async execute(userId: Uuid, change: VectorChange): Promise<void> {
    if (change.change === 'remove-all') await this.removeAll(userId, change.space);
    else if (change.change === 'remove') await this.remote.remove(userId, change.ids);
    else await this.put(userId, change.model, change.ids);
  }

  private removeAll(userId: Uuid, space: string | undefined): Promise<void> {
    return space === undefined ? this.remote.removeAll(userId) : this.remote.removeSpace(space);
  }

  private async put(userId: Uuid, model: string, ids: readonly Uuid[]): Promise<void> {
    const vectors = await this.find(userId, model, ids);
    if (vectors.length > 0) {
      const space = await this.remote.spaceOf(userId);
      await this.transaction.run(() => this.spaces.keep(userId, space));
      await this.remote.put(userId, vectors);
    }
    // whoever was forgotten meanwhile may have been removed there before we put it
    const left = new Set((await this.find(userId, model, ids)).map(({ id }) => id));
    const gone = ids.filter((id) => !left.has(id));
    if (gone.length > 0) await this.remote.remove(userId, gone);
  }

  private find(userId: Uuid, model: string, ids: readonly Uuid[]): Promise<readonly IndexedVector[]> {
    return this.transaction.run(() => this.own.find(userId, model, ids));
  }
}
