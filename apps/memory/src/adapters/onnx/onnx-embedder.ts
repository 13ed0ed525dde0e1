import { Worker } from 'node:worker_threads';
import { EmbedderUnavailable } from '../../domain/memory/memory.errors.js';
import { Embedder } from '../../domain/ports/embedder.js';
import { unit } from '../../domain/search/unit.js';
import { EmbeddingThread } from '../thread/embedding-thread.js';
import { type OnnxModel, readOnnxModel } from './onnx-model.js';
import { findRuntime } from './onnx-runtime.js';

// the thread's file lies beside this one, as source or as built
const THREAD = import.meta.url.endsWith('.ts') ? new URL('./onnx-worker.ts', import.meta.url) : new URL('./onnx-worker.js', import.meta.url);

export interface OnnxEmbedderOptions {
  /** Folder with the model and its tokenizer. */
  readonly folder: string;
  /** Folder that its runtime was installed into. */
  readonly runtime: string;
}

/** A model of sentences that the operator mounted, by ONNX Runtime in a thread of its own: no account and no network. */
export class OnnxEmbedder extends Embedder {
  readonly model: string;
  readonly dimensions: number;
  private readonly thread: EmbeddingThread;

  /** Throws an error that says what is missing, and how to get it. */
  constructor({ folder, runtime }: OnnxEmbedderOptions) {
    super();
    const model: OnnxModel = readOnnxModel(folder);
    const workerData = { ...model, ...findRuntime(runtime) };
    this.model = model.name;
    this.dimensions = model.dimensions;
    this.thread = new EmbeddingThread(() => new Worker(THREAD, { workerData }));
  }

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const vectors = await this.thread.embed(texts);
    if (vectors.some(({ length }) => length !== this.dimensions)) throw new EmbedderUnavailable({ cause: 'vectors of another length' });
    return vectors.map((vector) => unit([...vector]));
  }

  override async check(): Promise<void> {
    const [vector] = await this.thread.embed(['a']);
    if (vector?.length !== this.dimensions) throw new Error(`The mounted model gives vectors of ${vector?.length ?? 0} numbers, and its config.json tells ${this.dimensions}`);
  }

  override async close(): Promise<void> {
    await this.thread.close();
  }
}
