import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import type { Memory } from '../memory/memory.js';
import { type MemoryFilter, MemoryRepository } from '../memory/memory.repository.js';

/** Shows people what is remembered of them, newest first, with what no longer holds. */
@Injectable()
export class ListMemories {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly transaction: Transaction,
  ) {}

  execute(userId: Uuid, page: PageRequest, filter: MemoryFilter): Promise<Page<Memory>> {
    return this.transaction.run(() => this.memories.findPage(userId, page, filter));
  }
}
