import { EnergeticEmbedder } from './adapters/energetic/energetic-embedder.js';
import { OllamaEmbedder } from './adapters/ollama/ollama-embedder.js';
import { OpenAiEmbedder } from './adapters/openai/openai-embedder.js';
import type { Embedder } from './domain/ports/embedder.js';
import type { MemoryConfig } from './memory.config.js';

/** The embedder that the configuration names. Throws when what it needs is missing. */
export function embedderFor({ embedding, openai, ollama }: Pick<MemoryConfig, 'embedding' | 'openai' | 'ollama'>): Embedder {
  const chosen = {
    ...(embedding.model === undefined ? {} : { model: embedding.model }),
    ...(embedding.dimensions === undefined ? {} : { dimensions: embedding.dimensions }),
  };
  if (embedding.provider === 'ollama') return new OllamaEmbedder({ host: ollama.host, ...chosen });
  if (embedding.provider === 'bundled') return new EnergeticEmbedder();
  if (openai.apiKey === undefined) throw new Error('EMBEDDING_PROVIDER is openai, but OPENAI_API_KEY is not set');
  return new OpenAiEmbedder({ apiKey: openai.apiKey, baseUrl: openai.baseUrl, ...chosen });
}
