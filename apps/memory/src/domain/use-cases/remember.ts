import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import type { Proposal } from '../memory/memory.js';
import { judge, type Known, type Read, type Verdict } from '../memory/memory-judge.js';
import { MemoryRepository, type Outcome } from '../memory/memory.repository.js';
import { isSupported } from '../memory/support.js';
import { MemoryReader, type Opened } from '../search/memory-reader.js';
import { SemanticIndex } from '../search/semantic-index.js';

export interface Remembered {
  readonly recorded: readonly Uuid[];
  readonly merged: readonly { readonly id: Uuid; readonly into: Uuid }[];
  /** Those whose place does not bear them out; nothing of them is kept. */
  readonly rejected: readonly Uuid[];
}

type Kept = { readonly kind: 'done'; readonly verdicts: readonly Verdict[] } | { readonly kind: 'overtaken' };

/** Cosines of each draft with those nearest to it. */
type Likenesses = ReadonlyMap<Uuid, ReadonlyMap<Uuid, number>>;

/** How many of the nearest memories a new one is compared with by meaning. */
const NEIGHBOURS = 20;
const TRIES = 5;

/**
 * Keeps memories. The same id again changes nothing and gets the same answer; one that says what a memory of its type says
 * already goes into that one; one that contradicts another closes it. A forgotten id stays forgotten. Nothing is kept while
 * the person's memory is paused, nor what its source does not bear out.
 */
@Injectable()
export class Remember {
  constructor(
    private readonly memories: MemoryRepository,
    private readonly reader: MemoryReader,
    private readonly semantics: SemanticIndex,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, drafts: readonly Proposal[]): Promise<Remembered> {
    if ((await this.reader.read(userId)).owner.paused) return { recorded: [], merged: [], rejected: [] };
    const outcomes = await this.transaction.run(() => this.memories.findOutcomes(userId, drafts.map(({ id }) => id)));
    const fresh = drafts.filter(({ id }, index) => !outcomes.has(id) && drafts.findIndex((other) => other.id === id) === index);
    const statements = await this.reader.statements(userId, fresh);
    const supported = statements.filter(isSupported);
    const vectors = await this.semantics.vectorsOf(userId, supported.map(({ text }) => text));
    const reads = supported.map(({ draft, text }, index): Read => ({ draft, text, vector: vectors[index] ?? new Float32Array() }));
    const rejected = statements.filter((statement) => !isSupported(statement)).map(({ draft }) => draft.id);
    return answer(drafts, outcomes, { verdicts: reads.length === 0 ? [] : await this.keepAll(userId, reads), rejected });
  }

  /** Judged against what is known, and kept if that is still all: who was overtaken judges again. */
  private async keepAll(userId: Uuid, reads: readonly Read[]): Promise<readonly Verdict[]> {
    for (let attempt = 1; ; attempt += 1) {
      const opened = await this.reader.read(userId);
      const likeness = await this.likenesses(userId, reads);
      const verdicts = judge(reads, knownOf(opened, likeness), this.clock.now());
      const kept = await this.transaction.run(() => this.keep(userId, verdicts, attempt < TRIES ? opened.owner.version : undefined));
      if (kept.kind === 'done') return kept.verdicts;
    }
  }

  private async likenesses(userId: Uuid, reads: readonly Read[]): Promise<Likenesses> {
    const found = new Map<Uuid, ReadonlyMap<Uuid, number>>();
    for (const { draft, vector } of reads) {
      found.set(draft.id, await this.semantics.nearest(userId, vector, NEIGHBOURS));
    }
    return found;
  }

  private async keep(userId: Uuid, verdicts: readonly Verdict[], version: number | undefined): Promise<Kept> {
    if (version !== undefined && !(await this.memories.claim(userId, version))) return { kind: 'overtaken' };
    for (const verdict of verdicts) {
      if (verdict.kind === 'merged') {
        await this.memories.merge(userId, verdict.id, verdict.into);
        continue;
      }
      await this.memories.save(userId, verdict.memory);
      await this.semantics.put(userId, [{ id: verdict.id, vector: verdict.vector }]);
      for (const closed of verdict.closes) await this.memories.save(userId, closed);
    }
    return { kind: 'done', verdicts };
  }
}

function knownOf(opened: Opened, likenesses: Likenesses): readonly Known[] {
  return opened.memories.map((memory) => ({ memory, claim: opened.claimOf(memory.id), likeness: ({ draft }) => likenesses.get(draft.id)?.get(memory.id) ?? 0 }));
}

function answer(drafts: readonly Proposal[], before: ReadonlyMap<Uuid, Outcome>, now: { readonly verdicts: readonly Verdict[]; readonly rejected: readonly Uuid[] }): Remembered {
  const decided = now.verdicts.map((verdict): [Uuid, Outcome] => [verdict.id, verdict.kind === 'merged' ? { kind: 'merged', into: verdict.into } : { kind: 'recorded' }]);
  const outcomes = new Map([...before, ...decided]);
  const ids = [...new Set(drafts.map(({ id }) => id))];
  const merged = ids.flatMap((id) => {
    const outcome = outcomes.get(id);
    return outcome?.kind === 'merged' ? [{ id, into: outcome.into }] : [];
  });
  return { recorded: ids.filter((id) => outcomes.get(id)?.kind === 'recorded'), merged, rejected: now.rejected };
}
