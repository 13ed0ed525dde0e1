import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { MemoryRepository } from '../memory/memory.repository.js';
import { PlanBook } from '../plans/plan-book.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SemanticIndex } from '../search/semantic-index.js';

/** Erases everything of one person: memories, vectors here and elsewhere, profile, plans, and every trace that there were any. Joins the ambient transaction. */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly semantics: SemanticIndex,
    private readonly profiles: ProfileRepository,
    private readonly plans: PlanBook,
  ) {}

  async execute(userId: Uuid): Promise<void> {
    await this.semantics.removeAll(userId);
    await this.memories.erase(userId);
    await this.profiles.removeAll(userId);
    await this.plans.removeAll(userId);
  }
}
