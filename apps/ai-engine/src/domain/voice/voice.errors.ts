import { defineError } from '@selfos/kernel';

/** The file is not a recording of its format, is cut off, or too long. */
export class RecordingUnreadable extends defineError('ai.recording.unreadable', 'invalid', 'This recording cannot be read') {}

/** No engine that may hear this person answered. */
export class NobodyListens extends defineError('ai.recording.nobody-listens', 'unavailable', 'No engine for speech is there') {}
