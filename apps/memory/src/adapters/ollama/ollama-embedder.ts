import { DependencyGuard } from '@selfos/http';
import { Ollama } from 'ollama';
import { OLLAMA_EMBEDDER_LIMITS } from '../../dependency-limits.js';
import { EmbedderUnavailable } from '../../domain/memory/memory.errors.js';
import { Embedder } from '../../domain/ports/embedder.js';
import { unit } from '../../domain/search/unit.js';

export interface OllamaEmbedderOptions {
  readonly host: string;
  readonly model?: string;
  readonly dimensions?: number;
  readonly timeoutMs?: number;
  readonly attempts?: number;
}

const BATCH = 64;
const PAUSE_MS = 250;

/** Embeddings of a model that Ollama serves, on this machine or another one. */
export class OllamaEmbedder extends Embedder {
  readonly model: string;
  readonly dimensions: number;
  private readonly client: Ollama;
  private readonly remoteModel: string;
  private readonly attempts: number;
  private readonly guard = new DependencyGuard(OLLAMA_EMBEDDER_LIMITS, (detail) => new EmbedderUnavailable({ detail }));

  constructor({ host, model = 'nomic-embed-text', dimensions = 768, timeoutMs = OLLAMA_EMBEDDER_LIMITS.timeoutMs, attempts = 1 + OLLAMA_EMBEDDER_LIMITS.retries }: OllamaEmbedderOptions) {
    super();
    this.remoteModel = model;
    this.model = `ollama/${model}`;
    this.dimensions = dimensions;
    this.attempts = attempts;
    this.client = new Ollama({ host, fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }) });
  }

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += BATCH) vectors.push(...(await this.embedBatch(texts.slice(start, start + BATCH))));
    return vectors;
  }

  private async embedBatch(texts: readonly string[]): Promise<Float32Array[]> {
    const rows = await this.guard.run(false, () => this.ask(texts, 1));
    const vectors = texts.map((_, place) => unit(rows[place] ?? []));
    if (vectors.some(({ length }) => length !== this.dimensions)) throw new EmbedderUnavailable({ cause: 'vectors of another length' });
    return vectors;
  }

  private async ask(texts: readonly string[], attempt: number): Promise<number[][]> {
    try {
      const { embeddings } = await this.client.embed({ model: this.remoteModel, input: [...texts], truncate: true });
      return Array.isArray(embeddings) ? embeddings : [];
    } catch (error) {
      if (attempt >= this.attempts) throw new EmbedderUnavailable({ cause: error instanceof Error ? error.name : 'unknown' });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
      return this.ask(texts, attempt + 1);
    }
  }
}
