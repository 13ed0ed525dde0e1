import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { type Memory, type MemoryDraft, record } from '../memory/memory.js';
import { MemoryRepository, type Outcome } from '../memory/memory.repository.js';
import { SealedTexts } from '../ports/sealed-texts.js';
import { dot } from '../search/dot.js';
import { saySame } from '../search/sameness.js';
import { SemanticIndex } from '../search/semantic-index.js';

export interface Remembered {
  readonly recorded: readonly Uuid[];
  readonly merged: readonly { readonly id: Uuid; readonly into: Uuid }[];
}

/** A draft with what is needed to compare and find it. */
interface Read {
  readonly draft: MemoryDraft;
  readonly text: string;
  readonly vector: Float32Array;
}

/** A live memory near to a draft, with their cosine. */
interface Neighbour {
  readonly memory: Memory;
  readonly score: number;
}

type Verdict = { readonly read: Read; readonly into: Uuid | undefined };

/** How many of the nearest memories a new one is compared with. */
const NEIGHBOURS = 5;

/**
 * Keeps memories. The same id again changes nothing and gets the same answer; one that says what a memory of its type
 * says already goes into that one. A forgotten id stays forgotten.
 */
@Injectable()
export class Remember {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly texts: SealedTexts,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, drafts: readonly MemoryDraft[]): Promise<Remembered> {
    const outcomes = await this.transaction.run(() => this.memories.findOutcomes(userId, drafts.map(({ id }) => id)));
    const fresh = await this.read(userId, drafts.filter(({ id }) => !outcomes.has(id)));
    const verdicts = await this.judge(userId, fresh);
    await this.transaction.run(() => this.keep(userId, verdicts));
    return answer(drafts, outcomes, verdicts);
  }

  private async read(userId: Uuid, drafts: readonly MemoryDraft[]): Promise<readonly Read[]> {
    const unique = drafts.filter((draft, index) => drafts.findIndex(({ id }) => id === draft.id) === index);
    const texts = await this.texts.open(userId, unique);
    const vectors = await this.semantics.vectorsOf(userId, texts);
    return unique.map((draft, index) => ({ draft, text: texts[index] ?? '', vector: vectors[index] ?? new Float32Array() }));
  }

  private async judge(userId: Uuid, reads: readonly Read[]): Promise<readonly Verdict[]> {
    const neighbours = await this.transaction.run(() => this.findNeighbours(userId, reads));
    const verdicts: Verdict[] = [];
    for (const [index, read] of reads.entries()) {
      const twin = verdicts.find((other) => other.into === undefined && areSame(other.read, read));
      verdicts.push({ read, into: twin?.read.draft.id ?? (await this.findSame(userId, read, neighbours[index] ?? [])) });
    }
    return verdicts;
  }

  private async findNeighbours(userId: Uuid, reads: readonly Read[]): Promise<readonly (readonly Neighbour[])[]> {
    if (reads.length === 0) return [];
    const live = new Map((await this.memories.findLive(userId, this.clock.now())).map((memory) => [memory.id, memory]));
    const found: (readonly Neighbour[])[] = [];
    for (const { draft, vector } of reads) {
      const nearest = await this.semantics.nearest(userId, vector, NEIGHBOURS);
      found.push(nearest.flatMap(({ id, score }) => {
        const memory = live.get(id);
        return memory?.type === draft.type ? [{ memory, score }] : [];
      }));
    }
    return found;
  }

  private async findSame(userId: Uuid, { text }: Read, neighbours: readonly Neighbour[]): Promise<Uuid | undefined> {
    const known = await this.texts.open(userId, neighbours.map(({ memory }) => memory));
    return neighbours.find(({ score }, index) => saySame(text, known[index] ?? '', score))?.memory.id;
  }

  private async keep(userId: Uuid, verdicts: readonly Verdict[]): Promise<void> {
    for (const { read, into } of verdicts) {
      if (into !== undefined) {
        await this.memories.merge(userId, read.draft.id, into);
        continue;
      }
      const memory: Memory = record(read.draft, this.clock.now());
      await this.memories.save(userId, memory);
      await this.semantics.put(userId, [{ id: memory.id, vector: read.vector }]);
    }
  }
}

function areSame(one: Read, other: Read): boolean {
  const cosine = dot(one.vector, other.vector);
  return one.draft.type === other.draft.type && saySame(one.text, other.text, cosine);
}

function answer(drafts: readonly MemoryDraft[], before: ReadonlyMap<Uuid, Outcome>, verdicts: readonly Verdict[]): Remembered {
  const now = verdicts.map(({ read, into }): [Uuid, Outcome] => [read.draft.id, into === undefined ? { kind: 'recorded' } : { kind: 'merged', into }]);
  const outcomes = new Map([...before, ...now]);
  const ids = [...new Set(drafts.map(({ id }) => id))];
  const merged = ids.flatMap((id) => {
    const outcome = outcomes.get(id);
    return outcome?.kind === 'merged' ? [{ id, into: outcome.into }] : [];
  });
  return { recorded: ids.filter((id) => outcomes.get(id)?.kind === 'recorded'), merged };
}
