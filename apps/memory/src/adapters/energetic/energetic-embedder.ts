import { Worker } from 'node:worker_threads';
import { Embedder } from '../../domain/ports/embedder.js';
import { EmbeddingThread } from '../thread/embedding-thread.js';

// the thread's file lies beside this one, as source or as built
const THREAD = import.meta.url.endsWith('.ts') ? new URL('./embedding-worker.ts', import.meta.url) : new URL('./embedding-worker.js', import.meta.url);

/**
 * The embedding model that comes with the package (Universal Sentence Encoder lite, 512 dimensions, English): needs no
 * account, no network and no native code. Its thread starts with the first text and ends with `close`.
 */
export class EnergeticEmbedder extends Embedder {
  readonly model = 'energetic-en-0.2';
  readonly dimensions = 512;
  private readonly thread = new EmbeddingThread(() => new Worker(THREAD));

  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return this.thread.embed(texts);
  }

  override async close(): Promise<void> {
    await this.thread.close();
  }
}
