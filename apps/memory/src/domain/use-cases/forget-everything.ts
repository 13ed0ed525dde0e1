import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryRepository } from '../memory/memory.repository.js';
import { SemanticIndex } from '../search/semantic-index.js';

/** Erases all memories of one person, and of no one else. */
@Injectable()
export class ForgetEverything {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid): Promise<void> {
    await this.transaction.run(async () => {
      await this.semantics.removeAll(userId);
      await this.memories.removeAll(userId);
    });
  }
}
