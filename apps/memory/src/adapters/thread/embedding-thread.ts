import type { Worker } from 'node:worker_threads';
import { EmbedderUnavailable } from '../../domain/memory/memory.errors.js';

interface Waiting {
  readonly resolve: (vectors: readonly Float32Array[]) => void;
  readonly reject: (error: Error) => void;
}

type Answer = { readonly id: number; readonly vectors: Float32Array[] } | { readonly id: number; readonly failure: string };

/** Longer texts say no more to a sentence model, and cost in proportion. */
const MAX_CHARACTERS = 2_000;

/**
 * A thread of its own for a model: a sentence takes tens of milliseconds, during which no request could be answered. It starts with
 * the first text, keeps no process alive, and begins anew after it ended. Asked `{id, texts}`, it answers `{id, vectors}` or `{id, failure}`.
 */
export class EmbeddingThread {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private lastId = 0;

  constructor(private readonly open: () => Worker) {}

  /** One vector per text, in order. Throws EmbedderUnavailable. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    if (texts.length === 0) return Promise.resolve([]);
    const worker = (this.worker ??= this.start());
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, texts: texts.map((text) => text.slice(0, MAX_CHARACTERS)) });
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = this.open();
    worker.unref();
    worker.on('message', (answer: Answer) => this.settle(answer));
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('the embedding thread ended')));
    return worker;
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.worker?.unref();
    if ('vectors' in answer) waiting?.resolve(answer.vectors);
    else waiting?.reject(new EmbedderUnavailable({ cause: answer.failure }));
  }

  // the next text starts a new thread
  private fail(cause: unknown): void {
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new EmbedderUnavailable({ cause }));
    this.waiting.clear();
  }
}
