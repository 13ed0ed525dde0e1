import { defineError } from '@selfos/kernel';

export class MemoryNotFound extends defineError('memory.memory.not-found', 'not-found', 'There is no such memory') {}

export class MemoryEnded extends defineError('memory.memory.ended', 'conflict', 'This memory no longer holds and cannot be changed') {}

export class CursorInvalid extends defineError('memory.cursor.invalid', 'invalid', 'The cursor is not one of ours') {}

export class MemoryUnreadable extends defineError('memory.memory.unreadable', 'invalid', 'A memory could not be opened with your key') {}

export class EmbedderUnavailable extends defineError('memory.embedder.unavailable', 'unavailable', 'Memories cannot be compared right now') {}

export class VectorIndexUnavailable extends defineError('memory.vectors.unavailable', 'unavailable', 'Memories cannot be searched right now') {}
