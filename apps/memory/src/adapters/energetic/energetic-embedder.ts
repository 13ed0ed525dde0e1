import { Worker } from 'node:worker_threads';
import { EmbedderUnavailable } from '../../domain/memory/memory.errors.js';
import { Embedder } from '../../domain/ports/embedder.js';

interface Waiting {
  readonly resolve: (vectors: readonly Float32Array[]) => void;
  readonly reject: (error: Error) => void;
}

type Answer = { readonly id: number; readonly vectors: Float32Array[] } | { readonly id: number; readonly failure: string };

/** Longer texts say no more to a sentence model, and cost in proportion. */
const MAX_CHARACTERS = 2_000;

/**
 * The embedding model that comes with the package (Universal Sentence Encoder lite, 512 dimensions, English): needs no
 * account, no network and no native code. Its thread starts with the first text and ends with `close`.
 */
export class EnergeticEmbedder extends Embedder {
  readonly model = 'energetic-en-0.2';
  readonly dimensions = 512;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private lastId = 0;

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

  override async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    // the thread's file lies beside this one, as source or as built
    const isSource = import.meta.url.endsWith('.ts');
    const worker = new Worker(isSource ? new URL('./embedding-worker.ts', import.meta.url) : new URL('./embedding-worker.js', import.meta.url));
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
