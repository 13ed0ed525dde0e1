import { isOwnHost } from '@selfos/kernel';
import { EnergeticEmbedder } from './adapters/energetic/energetic-embedder.js';
import { OllamaEmbedder } from './adapters/ollama/ollama-embedder.js';
import { OnnxEmbedder } from './adapters/onnx/onnx-embedder.js';
import { OpenAiEmbedder } from './adapters/openai/openai-embedder.js';
import type { Embedder } from './domain/ports/embedder.js';
import type { MemoryConfig } from './memory.config.js';

/** The embedder that the configuration names. Throws when what it needs is missing. */
export function embedderFor({ embedding, onnx, openai, ollama }: Pick<MemoryConfig, 'embedding' | 'onnx' | 'openai' | 'ollama'>): Embedder {
  const chosen = {
    ...(embedding.model === undefined ? {} : { model: embedding.model }),
    ...(embedding.dimensions === undefined ? {} : { dimensions: embedding.dimensions }),
  };
  if (embedding.provider === 'ollama') return new OllamaEmbedder({ host: ollama.host, ...chosen });
  const provider = providerOf({ embedding, onnx });
  if (provider === 'bundled') return new EnergeticEmbedder();
  if (provider === 'onnx') return mounted(onnx);
  if (openai.apiKey === undefined) throw new Error('EMBEDDING_PROVIDER is openai, but OPENAI_API_KEY is not set');
  return new OpenAiEmbedder({ apiKey: openai.apiKey, baseUrl: openai.baseUrl, ...chosen });
}

/** A model that is mounted is meant to be used, unless another provider is named. */
export function providerOf({ embedding, onnx }: Pick<MemoryConfig, 'embedding' | 'onnx'>): 'bundled' | 'openai' | 'ollama' | 'onnx' {
  return embedding.provider ?? (onnx.model === undefined ? 'bundled' : 'onnx');
}

function mounted({ model, runtime }: MemoryConfig['onnx']): Embedder {
  if (model === undefined) throw new Error('EMBEDDING_PROVIDER is onnx, but MEMORY_ONNX_MODEL is not set');
  return new OnnxEmbedder({ folder: model, runtime });
}

/** Whether memories, or the vectors made of them, go to somebody else's machines. */
export function leavesHere({ embedding, onnx, openai, ollama, pinecone }: Pick<MemoryConfig, 'embedding' | 'onnx' | 'openai' | 'ollama' | 'pinecone'>): boolean {
  const provider = providerOf({ embedding, onnx });
  const address = provider === 'openai' ? (openai.baseUrl ?? 'https://api.openai.com/v1') : provider === 'ollama' ? ollama.host : undefined;
  return (pinecone.apiKey !== undefined && pinecone.host !== undefined) || (address !== undefined && !isOwnHost(address));
}
