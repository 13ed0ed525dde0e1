import type { DependencyLimits } from '@selfos/http';

const BREAKER = { row: 5, share: { threshold: 0.5, calls: 20, windowMs: 10_000 }, restMs: 2_000, longestRestMs: 8_000 } as const;
const EMBEDDING = 'embeddings of memories and questions';

/** What memory asks outside. Both embedders stand for each other: one is chosen. */
export const PINECONE_LIMITS: DependencyLimits = { name: 'Pinecone', use: 'nearest memories', timeoutMs: 5_000, retries: 2, breaker: BREAKER, bulkhead: { running: 16, waiting: 64 } };
export const OPENAI_EMBEDDER_LIMITS: DependencyLimits = { name: 'OpenAI embeddings', use: EMBEDDING, timeoutMs: 10_000, retries: 2, breaker: BREAKER, bulkhead: { running: 8, waiting: 64 } };
export const OLLAMA_EMBEDDER_LIMITS: DependencyLimits = { name: 'Ollama embeddings', use: EMBEDDING, timeoutMs: 30_000, retries: 2, breaker: BREAKER, bulkhead: { running: 4, waiting: 64 } };
