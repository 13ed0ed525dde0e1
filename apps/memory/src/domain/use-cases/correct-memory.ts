import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryEnded, MemoryNotFound } from '../memory/memory.errors.js';
import { type Correction, correct, isLive, type Memory } from '../memory/memory.js';
import { MemoryRepository } from '../memory/memory.repository.js';
import { SealedTexts } from '../ports/sealed-texts.js';
import { SemanticIndex } from '../search/semantic-index.js';

/** Lets people put right what is remembered of them: its words or its type. Only what still holds; the past stays as it was told. */
@Injectable()
export class CorrectMemory {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly texts: SealedTexts,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** Throws MemoryNotFound, MemoryEnded, MemoryUnreadable. */
  async execute(userId: Uuid, id: Uuid, correction: Correction): Promise<Memory> {
    const texts = correction.text === undefined ? [] : await this.texts.open(userId, [{ id, text: correction.text }]);
    const [vector] = await this.semantics.vectorsOf(userId, texts);
    return this.transaction.run(async () => {
      const memory = await this.memories.find(userId, id);
      if (memory === undefined) throw new MemoryNotFound();
      if (!isLive(memory, this.clock.now())) throw new MemoryEnded();
      const corrected = correct(memory, correction);
      await this.memories.save(userId, corrected);
      if (vector !== undefined) await this.semantics.put(userId, [{ id, vector }]);
      return corrected;
    });
  }
}
