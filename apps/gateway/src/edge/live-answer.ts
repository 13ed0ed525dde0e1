import { DependencyUnavailable, type SseFrame } from '@selfos/http';
import { DomainError } from '@selfos/kernel';
import { parseMark, type Mark, type Marks } from './marks.js';

/** What one asking of the service behind gave: frames as they come, or at once the answer that it has kept. */
export type Telling = { readonly kind: 'live'; readonly frames: AsyncIterable<SseFrame> } | { readonly kind: 'kept'; readonly answer: unknown; readonly replayed: boolean };

export interface LiveAnswerParts {
  readonly marks: Marks;
  readonly first: Telling;
  /** Asks again, with the same key. */
  readonly again: () => Promise<Telling>;
  /** How far its reader had come with another telling. */
  readonly before: Mark | undefined;
}

const TELLINGS = 5;

/**
 * One live answer at this gateway: it goes on while its reader is away, and can be read from any frame on. When the service behind
 * breaks off or has to go, it is asked again with the same key: what was told already is not told twice, and a telling that does not
 * begin alike starts with `reset`.
 */
export class LiveAnswer {
  private readonly frames: SseFrame[] = [];
  private text = '';
  private over: { readonly error?: unknown } | undefined;
  private changed: () => void = () => undefined;
  private change: Promise<void> = this.nextChange();
  /** Settles when the answer is whole, or has failed. */
  readonly ended: Promise<void>;

  constructor(private readonly parts: LiveAnswerParts) {
    this.ended = this.tell().then(
      () => this.finish({}),
      (error: unknown) => this.finish({ error }),
    );
  }

  /** All frames after the one with this id, also those still to come; all there are when the id is none of them. */
  async *after(id?: string): AsyncGenerator<SseFrame, void, undefined> {
    for (let next = this.frames.findIndex((frame) => frame.id === id) + 1; ; ) {
      const frame = this.frames[next];
      if (frame !== undefined) {
        next += 1;
        yield frame;
      } else if (this.over === undefined) await this.change;
      else if (this.over.error === undefined) return;
      else throw this.over.error;
    }
  }

  /** Whether a reader may go on after the frame with this id. */
  has(id: string): boolean {
    return this.frames.some((frame) => frame.id === id);
  }

  /** It ended, and not with the whole answer. */
  get failed(): boolean {
    return this.over?.error !== undefined || this.frames.at(-1)?.event === 'error';
  }

  private async tell(): Promise<void> {
    let telling = this.parts.first;
    let known = this.parts.before;
    for (let turn = 1; ; turn += 1) {
      if (telling.kind === 'kept') return this.tellKept(telling.answer, known);
      if (known !== undefined) await this.add({ event: 'reset', data: {} });
      if (await this.tellLive(telling.frames)) return;
      if (turn === TELLINGS) throw new DependencyUnavailable({ detail: 'The answer broke off again and again.' });
      known = this.text === '' ? undefined : parseMark(await this.parts.marks.id(0, this.text));
      telling = await this.parts.again();
    }
  }

  /** True when it was told to its end; false also when the line to the service broke. */
  private async tellLive(frames: AsyncIterable<SseFrame>): Promise<boolean> {
    try {
      return await this.tellFrames(frames);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      return false;
    }
  }

  private async tellFrames(frames: AsyncIterable<SseFrame>): Promise<boolean> {
    for await (const frame of frames) {
      if (frame.event === 'reconnect') return false;
      await this.add(frame);
      if (frame.event === 'done' || frame.event === 'error') return true;
    }
    return false;
  }

  /** What is missing of an answer that exists, as one frame. */
  private async tellKept(answer: unknown, known: Mark | undefined): Promise<void> {
    const whole = wordsOf(answer);
    const told = known !== undefined && (await this.parts.marks.fits(known, whole)) ? known.chars : 0;
    if (known !== undefined && told === 0 && known.chars > 0) await this.add({ event: 'reset', data: {} });
    this.text = whole.slice(0, told);
    if (told < whole.length) await this.add({ event: 'token', data: { text: whole.slice(told) } });
    await this.add({ event: 'done', data: answer });
  }

  private async add(frame: SseFrame): Promise<void> {
    if (frame.event === 'reset') this.text = '';
    if (frame.event === 'token') this.text += tokenOf(frame.data);
    this.frames.push({ ...frame, id: await this.parts.marks.id(this.frames.length, this.text) });
    this.announce();
  }

  private finish(over: { readonly error?: unknown }): void {
    this.over = over;
    this.announce();
  }

  private announce(): void {
    const { changed } = this;
    this.change = this.nextChange();
    changed();
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.changed = resolve;
    });
  }
}

function wordsOf(answer: unknown): string {
  const words: unknown = typeof answer === 'object' && answer !== null && 'ai_response' in answer ? answer.ai_response : undefined;
  return typeof words === 'string' ? words : '';
}

function tokenOf(data: unknown): string {
  const text: unknown = typeof data === 'object' && data !== null && 'text' in data ? data.text : undefined;
  return typeof text === 'string' ? text : '';
}
