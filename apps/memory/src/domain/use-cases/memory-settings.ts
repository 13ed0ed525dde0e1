import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryRepository } from '../memory/memory.repository.js';

/** Lets people pause their memory and take it up again: while paused nothing is learned and nothing recalled. */
@Injectable()
export class MemorySettings {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly transaction: Transaction,
  ) {}

  /** Changes what is given; tells how it is then. */
  execute(userId: Uuid, { paused }: { readonly paused?: boolean | undefined } = {}): Promise<{ readonly paused: boolean }> {
    return this.transaction.run(async () => {
      if (paused !== undefined) await this.memories.pause(userId, paused);
      return { paused: (await this.memories.getOwner(userId)).paused };
    });
  }
}
