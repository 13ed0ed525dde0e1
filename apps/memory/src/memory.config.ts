import { commonConfig, type ConfigOf, defineConfig, maybeText, onOff, setting } from '@selfos/config';
import { z } from 'zod';

const count = z.coerce.number().int().min(1).optional();

/** This service's environment: what every service reads, and where memories are embedded and searched. */
export const configSchema = defineConfig({
  ...commonConfig,
  embedding: {
    provider: setting('EMBEDDING_PROVIDER', z.enum(['bundled', 'openai', 'ollama', 'onnx']).optional(), { doc: 'what turns memories into vectors: bundled (in process, English), openai, ollama or onnx; unset: onnx when MEMORY_ONNX_MODEL is set, else bundled' }),
    model: setting('EMBEDDING_MODEL', maybeText, { doc: 'embedding model of openai or ollama; unset: text-embedding-3-large or nomic-embed-text' }),
    dimensions: setting('EMBEDDING_DIMENSIONS', count, { doc: 'length of its vectors; unset: 1536 of openai, 768 of ollama' }),
  },
  onnx: {
    model: setting('MEMORY_ONNX_MODEL', maybeText, { doc: 'folder of a model of sentences of your own: model.onnx, tokenizer.json and config.json as they are published' }),
    runtime: setting('MEMORY_ONNX_RUNTIME', z.string(), { doc: 'folder that its runtime was installed into, by npm install --prefix with onnxruntime-node and @huggingface/tokenizers', fallback: '.tools/onnxruntime-node' }),
  },
  openai: {
    apiKey: setting('OPENAI_API_KEY', maybeText, { doc: 'key of OpenAI' }),
    baseUrl: setting('OPENAI_BASE_URL', maybeText, { doc: 'another server that speaks the protocol of OpenAI' }),
  },
  ollama: { host: setting('OLLAMA_HOST', z.string(), { doc: 'where Ollama listens', fallback: 'http://127.0.0.1:11434' }) },
  privacy: { mode: setting('AI_PRIVACY_MODE', onOff, { doc: 'ask no model outside the machines of this installation, whoever asks', fallback: 'false' }) },
  pinecone: {
    apiKey: setting('PINECONE_API_KEY', maybeText, { doc: 'key of Pinecone; with PINECONE_HOST memories are searched there too' }),
    host: setting('PINECONE_HOST', maybeText, { doc: 'where the index of Pinecone is served; its dimensions are those of the embedding model' }),
  },
});

export type MemoryConfig = ConfigOf<typeof configSchema>;
