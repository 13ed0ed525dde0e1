import type { Inner, InnerInput, routes } from '@selfos/contracts';
import type { Memory, Proposal } from '../domain/memory/memory.js';
import type { Period } from '../domain/search/period.js';
import type { Recalled } from '../domain/use-cases/recall.js';

type MemoryView = InnerInput<typeof routes.listMemories.response>['items'][number];
type RecalledView = InnerInput<typeof routes.recall.response>['items'][number];
type DraftBody = Inner<typeof routes.remember.body>['items'][number];
type PeriodBody = Inner<typeof routes.recall.body>['period'];

export function toView(memory: Memory): MemoryView {
  const { id, type, text, source, validFrom, validTo, createdAt } = memory;
  return {
    id, type, text, source,
    valid_from: validFrom.toISOString(),
    valid_to: validTo?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
  };
}

export function toRecalledView({ memory, score }: Recalled): RecalledView {
  return { ...toView(memory), score };
}

export function toProposal({ id, type, text, source, valid_from, quote }: DraftBody): Proposal {
  return { id, type, text, source, validFrom: new Date(valid_from), quote };
}

export function toPeriod(period: PeriodBody): Period | undefined {
  return period === undefined ? undefined : { from: new Date(period.from), to: new Date(period.to) };
}
