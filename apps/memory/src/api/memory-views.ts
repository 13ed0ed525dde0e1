import type { Inner, InnerInput, routes } from '@selfos/contracts';
import type { Memory, MemoryDraft } from '../domain/memory/memory.js';
import type { Recalled } from '../domain/use-cases/recall.js';

type MemoryView = InnerInput<typeof routes.listMemories.response>['items'][number];
type RecalledView = InnerInput<typeof routes.recall.response>['items'][number];
type DraftBody = Inner<typeof routes.remember.body>['items'][number];

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

export function toDraft({ id, type, text, source, valid_from }: DraftBody): MemoryDraft {
  return { id, type, text, source, validFrom: new Date(valid_from) };
}
