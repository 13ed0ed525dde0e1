import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryRepository } from '../memory/memory.repository.js';
import { SemanticIndex } from '../search/semantic-index.js';

/** Erases one memory: its words, its vector, and every chance that a late repetition brings it back. */
@Injectable()
export class ForgetMemory {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, id: Uuid): Promise<void> {
    await this.transaction.run(async () => {
      await this.semantics.remove(userId, id);
      await this.memories.remove(userId, id);
    });
  }
}
