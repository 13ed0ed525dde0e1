import { memoryType } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { Memory, MemorySource } from '../../domain/memory/memory.js';
import type { MemoryRow } from './memory.row.js';

export function toRow(userId: Uuid, memory: Memory): Omit<MemoryRow, 'hiddenBy'> {
  const { source, ...rest } = memory;
  return {
    ...rest,
    userId,
    sourceKind: source.kind,
    sourceId: source.id,
    sourceStart: source.kind === 'message' ? source.start : null,
    sourceEnd: source.kind === 'message' ? source.end : null,
  };
}

/** The database holds what `toRow` wrote and its checks let through; the type is parsed because it is open text there. */
export function fromRow(row: MemoryRow): Memory {
  const { id, text, validFrom, validTo, supersededBy, createdAt } = row;
  return { id, text, validFrom, validTo, supersededBy, createdAt, type: memoryType.parse(row.type), source: sourceOf(row) };
}

function sourceOf({ sourceKind, sourceId, sourceStart, sourceEnd }: MemoryRow): MemorySource {
  if (sourceKind === 'plan') return { kind: 'plan', id: sourceId };
  if (sourceKind === 'event' || sourceStart === null || sourceEnd === null) return { kind: 'event', id: sourceId };
  return { kind: 'message', id: sourceId, start: sourceStart, end: sourceEnd };
}
