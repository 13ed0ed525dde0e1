import { DependencyGuard } from '@selfos/http';
import OpenAI from 'openai';
import { OPENAI_EMBEDDER_LIMITS } from '../../dependency-limits.js';
import { EmbedderUnavailable } from '../../domain/memory/memory.errors.js';
import { Embedder } from '../../domain/ports/embedder.js';
import { unit } from '../../domain/search/unit.js';

export interface OpenAiEmbedderOptions {
  readonly apiKey: string;
  readonly model?: string;
  readonly dimensions?: number;
  /** Another server that speaks the same protocol. */
  readonly baseUrl?: string | undefined;
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
}

const BATCH = 256;

/** Embeddings of OpenAI, or of a server that speaks its protocol. The model answers with 3,072 dimensions unless it is told otherwise, so it always is. */
export class OpenAiEmbedder extends Embedder {
  readonly model: string;
  readonly dimensions: number;
  private readonly client: OpenAI;
  private readonly remoteModel: string;
  private readonly guard = new DependencyGuard(OPENAI_EMBEDDER_LIMITS, (detail) => new EmbedderUnavailable({ detail }));

  constructor({ apiKey, model = 'text-embedding-3-large', dimensions = 1_536, baseUrl, timeoutMs = OPENAI_EMBEDDER_LIMITS.timeoutMs, maxRetries = OPENAI_EMBEDDER_LIMITS.retries }: OpenAiEmbedderOptions) {
    super();
    this.remoteModel = model;
    this.model = `openai/${model}@${dimensions}`;
    this.dimensions = dimensions;
    this.client = new OpenAI({ apiKey, timeout: timeoutMs, maxRetries, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) });
  }

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += BATCH) vectors.push(...(await this.embedBatch(texts.slice(start, start + BATCH))));
    return vectors;
  }

  private async embedBatch(texts: readonly string[]): Promise<Float32Array[]> {
    const rows = await this.guard.run(false, () => this.ask(texts));
    const vectors = texts.map((_, place) => unit(rows.find(({ index }) => index === place)?.embedding ?? []));
    if (vectors.some(({ length }) => length !== this.dimensions)) throw new EmbedderUnavailable({ cause: 'vectors of another length' });
    return vectors;
  }

  private async ask(texts: readonly string[]): Promise<OpenAI.Embedding[]> {
    try {
      const { data } = await this.client.embeddings.create({ model: this.remoteModel, input: [...texts], dimensions: this.dimensions, encoding_format: 'float' });
      if (!Array.isArray(data)) throw new EmbedderUnavailable({ cause: 'an answer without vectors' });
      return data;
    } catch (error) {
      if (error instanceof EmbedderUnavailable) throw error;
      throw new EmbedderUnavailable({ cause: error instanceof Error ? error.name : 'unknown' });
    }
  }
}
