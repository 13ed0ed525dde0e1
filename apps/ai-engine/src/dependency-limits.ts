import type { DependencyLimits } from '@selfos/http';
import { FAILURES_TO_OPEN, REST_MS } from './domain/model/breaker.js';

/** Until the first word, AI_FIRST_WORD_TIMEOUT; whole answers end with the deadline of whoever asked. No retry: the next model is asked. */
const MODEL = { use: 'answers and narratives', timeoutMs: 10_000, retries: 0, breaker: { row: FAILURES_TO_OPEN, restMs: REST_MS, longestRestMs: REST_MS } } as const;

/** What ai-engine asks outside. */
export const dependencies: readonly DependencyLimits[] = [
  { name: 'Claude', ...MODEL },
  { name: 'GPT', ...MODEL },
  { name: 'Gemini', ...MODEL },
  { name: 'Ollama', ...MODEL },
];
