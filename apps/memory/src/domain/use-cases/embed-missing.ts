import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryReader } from '../search/memory-reader.js';
import { SemanticIndex } from '../search/semantic-index.js';

/** So few at once that questions get their turn between them. */
const BATCH = 16;

/** Embeds all memories of one person that have no vector of the model in use yet. Those of another model stay until they are forgotten. */
@Injectable()
export class EmbedMissing {
  constructor(
    private readonly reader: MemoryReader,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
  ) {}

  /** How many it embedded. Throws EmbedderUnavailable. */
  async execute(userId: Uuid): Promise<number> {
    const { textOf } = await this.reader.read(userId);
    const ids = [...textOf.keys()];
    const have = new Set(await this.transaction.run(() => this.semantics.present(userId, ids)));
    const missing = ids.filter((id) => !have.has(id));
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      const vectors = await this.semantics.vectorsOf(userId, batch.map((id) => textOf.get(id) ?? ''));
      const rows = batch.map((id, index) => ({ id, vector: vectors[index] ?? new Float32Array() }));
      await this.transaction.run(() => this.semantics.put(userId, rows));
    }
    return missing.length;
  }
}
