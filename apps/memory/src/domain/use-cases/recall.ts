import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import type { Memory } from '../memory/memory.js';
import { MemoryRepository } from '../memory/memory.repository.js';
import { type SealedText, SealedTexts } from '../ports/sealed-texts.js';
import { fuse } from '../search/fusion.js';
import { lexicalScores } from '../search/lexical-score.js';
import { SemanticIndex } from '../search/semantic-index.js';
import { tokensOf } from '../search/tokens.js';

export interface Question {
  readonly query: SealedText;
  /** How many memories at most. */
  readonly k: number;
}

export interface Recalled {
  readonly memory: Memory;
  /** Comparable within one answer only; higher is nearer. */
  readonly score: number;
}

/** Finds the memories nearest to a question among those that hold now: by their words first, their meaning second. */
@Injectable()
export class Recall {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly texts: SealedTexts,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, { query, k }: Question): Promise<readonly Recalled[]> {
    const question = await this.texts.openQuery(userId, query);
    const [vector = new Float32Array()] = await this.semantics.vectorsOf(userId, [question]);
    const { live, likeness } = await this.transaction.run(() => this.gather(userId, vector));
    const documents = (await this.texts.open(userId, live)).map(tokensOf);
    const scores = fuse(lexicalScores(tokensOf(question), documents), live.map(({ id }) => likeness.get(id) ?? 0));
    return live
      .map((memory, index) => ({ memory, score: scores[index] ?? 0 }))
      .sort((a, b) => b.score - a.score || b.memory.createdAt.getTime() - a.memory.createdAt.getTime())
      .slice(0, k);
  }

  private async gather(userId: Uuid, vector: Float32Array): Promise<{ live: readonly Memory[]; likeness: ReadonlyMap<Uuid, number> }> {
    const live = await this.memories.findLive(userId, this.clock.now());
    const nearest = await this.semantics.nearest(userId, vector, live.length);
    return { live, likeness: new Map(nearest.map(({ id, score }) => [id, score])) };
  }
}
