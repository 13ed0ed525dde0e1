import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { isLive, type Memory } from '../memory/memory.js';
import { type SealedText, SealedTexts } from '../ports/sealed-texts.js';
import { MemoryReader } from '../search/memory-reader.js';
import { MissingVectors } from '../search/missing-vectors.js';
import type { Period } from '../search/period.js';
import { readQuestion } from '../search/question.js';
import { SemanticIndex } from '../search/semantic-index.js';

export interface Question {
  readonly query: SealedText;
  /** How many memories at most. */
  readonly k: number;
  /** The stretch of time it is about, when the one who asks has resolved it; else it is read from the words. */
  readonly period?: Period | undefined;
}

export interface Recalled {
  readonly memory: Memory;
  /** Comparable within one answer only; higher is nearer. */
  readonly score: number;
}

/** How many of the nearest vectors are weighed with the words. */
const NEAREST = 2_000;

/**
 * Finds the memories nearest to a question: among those that hold now or, when it is about another time, that held then.
 * While the person's memory is paused it finds nothing, and costs nothing.
 */
@Injectable()
export class Recall {
  constructor(
    private readonly reader: MemoryReader,
    private readonly texts: SealedTexts,
    private readonly semantics: SemanticIndex,
    private readonly missing: MissingVectors,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, { query, k, period }: Question): Promise<readonly Recalled[]> {
    const { memories, index, owner } = await this.reader.read(userId);
    if (memories.length === 0) return [];
    const text = await this.texts.openQuery(userId, query);
    const wanted = Math.min(memories.length, NEAREST);
    const likeness = await this.semantics.nearestTo(userId, text, wanted);
    if (likeness.size < wanted && !(await this.semantics.isWithheld(userId))) await this.missing.book(userId, this.semantics.model, owner.version);
    const question = readQuestion({ text, now: this.clock.now(), period });
    const byId = new Map(memories.map((memory) => [memory.id, memory]));
    const found = index.search(question, likeness).flatMap(({ passage, score }): Recalled[] => {
      const memory = byId.get(passage.id);
      return memory !== undefined && this.counts(memory, question.period) ? [{ memory, score }] : [];
    });
    return found.slice(0, k);
  }

  // what had ended before the time in question tells nothing of it
  private counts(memory: Memory, period: Period | undefined): boolean {
    return isLive(memory, period?.from ?? this.clock.now());
  }
}
