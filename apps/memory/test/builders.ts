import { uuidv7, type Uuid } from '@selfos/kernel';
import { openEnvelopeOf } from '../src/adapters/in-memory/plain-texts.js';
import { type Memory, type MemoryDraft, record } from '../src/domain/memory/memory.js';

export interface DraftParts {
  readonly id?: Uuid;
  readonly type?: MemoryDraft['type'];
  readonly text?: string;
  readonly validFrom?: Date;
}

/** Somebody likes tea, said in a message, unless told otherwise. */
export function aDraft({ id = uuidv7(), type = 'preference', text = 'I like tea', validFrom = new Date() }: DraftParts = {}): MemoryDraft {
  return { id, type, text: openEnvelopeOf(text), source: { kind: 'message', id: uuidv7(), start: 0, end: Math.max(1, text.length) }, validFrom };
}

export function aMemory(parts: DraftParts = {}, createdAt = new Date()): Memory {
  return record(aDraft(parts), createdAt);
}
