import { expect, it } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { leavesHere } from './embedder-choice.js';
import { configSchema } from './memory.config.js';

const PINECONE = { PINECONE_API_KEY: 'k', PINECONE_HOST: 'https://memories.svc.pinecone.io' };

it.each<readonly [Readonly<Record<string, string>>, boolean]>([
  [{}, false],
  [{ OPENAI_API_KEY: 'k' }, false],
  [{ OPENAI_API_KEY: 'k', EMBEDDING_PROVIDER: 'openai' }, true],
  [{ OPENAI_API_KEY: 'k', EMBEDDING_PROVIDER: 'openai', OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1' }, false],
  [{ EMBEDDING_PROVIDER: 'ollama' }, false],
  [{ EMBEDDING_PROVIDER: 'ollama', OLLAMA_HOST: 'https://ollama.example.com' }, true],
  [{ PINECONE_API_KEY: 'k' }, false],
  [PINECONE, true],
])('with %j memories go to somebody else’s machines: %p', (env, leaves) => {
  expect(leavesHere(loadConfig(configSchema, { SELFOS_ENV: 'local', ...env }))).toBe(leaves);
});
