import { type Environment, loadConfig } from '@selfos/config';
import type { ServiceDefinition } from '@selfos/http';
import { OLLAMA_EMBEDDER_LIMITS, OPENAI_EMBEDDER_LIMITS, PINECONE_LIMITS } from './dependency-limits.js';
import { providerOf } from './embedder-choice.js';
import { manifest } from './manifest.js';
import { configSchema } from './memory.config.js';
import { MemoryModule } from './memory.module.js';

export { configSchema, manifest };

/** What it asks outside, and how much that may cost. */
export const dependencies = [PINECONE_LIMITS, OPENAI_EMBEDDER_LIMITS, OLLAMA_EMBEDDER_LIMITS];

/** Where memories are embedded and searched, and why there. */
export function adapters(env: Environment): readonly { readonly port: string; readonly adapter: string; readonly why: string }[] {
  const { embedding, onnx, pinecone, openai, ollama } = loadConfig(configSchema, env);
  const provider = providerOf({ embedding, onnx });
  const named = { bundled: 'bundled sentence model, 512 dimensions', openai: `OpenAI at ${openai.baseUrl ?? 'api.openai.com'}`, ollama: `Ollama at ${ollama.host}`, onnx: 'a mounted ONNX model' };
  const elsewhere = pinecone.apiKey !== undefined && pinecone.host !== undefined;
  return [
    { port: 'embedder', adapter: named[provider], why: embedding.provider === undefined ? `MEMORY_ONNX_MODEL is ${onnx.model === undefined ? 'not ' : ''}set` : `EMBEDDING_PROVIDER is ${provider}` },
    { port: 'vectors', adapter: elsewhere ? 'Pinecone, and in process, kept in PostgreSQL' : 'in process, kept in PostgreSQL', why: `PINECONE_API_KEY and PINECONE_HOST are ${elsewhere ? '' : 'not '}set` },
  ];
}

/** The service as a process that runs several of them starts it. */
export function define(env: Environment): ServiceDefinition {
  const config = loadConfig(configSchema, env);
  return { manifest, config, module: MemoryModule.with(config) };
}
