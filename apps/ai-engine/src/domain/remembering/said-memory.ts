import type { RecalledMemory } from '../planning/plan.js';

export type MemoryType = RecalledMemory['type'];

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Something worth keeping, with the place it was said at. Its text can only be cut out of the message:
 * there is no way to make one whose words are not there.
 */
export class SaidMemory {
  /** The message's own words between `start` and `end`. */
  readonly text: string;

  /** UTF-16 offsets into the message; `end` is exclusive. */
  readonly start: number;
  readonly end: number;

  private constructor(
    readonly type: MemoryType,
    message: string,
    span: Span,
  ) {
    this.start = span.start;
    this.end = span.end;
    this.text = message.slice(span.start, span.end);
  }

  /** Cuts a memory out of a message, without the white space around it; undefined when nothing is left or the span is outside. */
  static cut(type: MemoryType, message: string, span: Span): SaidMemory | undefined {
    const words = message.slice(span.start, span.end);
    const start = span.start + (words.length - words.trimStart().length);
    const end = start + words.trim().length;
    return span.start >= 0 && end <= message.length && end > start ? new SaidMemory(type, message, { start, end }) : undefined;
  }
}
