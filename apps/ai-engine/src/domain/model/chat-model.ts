import type { Usage } from './language-model.js';

/** What a model of language is asked, as its makers' interfaces have it. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  /** JSON Schema that the answer must follow, for models that can be held to one. */
  readonly schema: object;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

/** A piece of a running answer: text as it comes, and what it has used so far. */
export type ChatPiece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'usage'; readonly usage: Usage };

/** Writes an answer piece by piece. It ends when the answer is whole; everything else is a ModelFault. It never tries again by itself. */
export abstract class ChatModel {
  /** As the person is told which model answered: maker and id. */
  abstract readonly name: string;
  /** Whether a question leaves the machines that the person's installation runs on. */
  abstract readonly place: 'cloud' | 'local';

  abstract stream(request: ChatRequest): AsyncIterable<ChatPiece>;

  /** Gives back what it holds; afterwards it is not asked again. */
  end(): Promise<void> {
    return Promise.resolve();
  }
}

/** Why a model gave no answer. */
export type FaultKind = 'auth' | 'rate-limited' | 'quota' | 'unavailable' | 'timeout' | 'cut' | 'refused' | 'invalid' | 'malformed';

/** A model's failure, whoever made the model. */
export class ModelFault extends Error {
  constructor(
    readonly kind: FaultKind,
    /** Milliseconds after which it may be asked again, where it said so. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`the model failed: ${kind}`, options);
    this.name = 'ModelFault';
  }

  /** Whether another model may do better with the same question. */
  get isPassing(): boolean {
    return this.kind !== 'invalid';
  }
}

const BY_STATUS: Readonly<Record<number, FaultKind>> = { 400: 'invalid', 401: 'auth', 402: 'quota', 403: 'auth', 404: 'unavailable', 408: 'timeout', 413: 'invalid', 422: 'invalid', 429: 'rate-limited', 504: 'timeout' };

/** The fault behind an HTTP status (RFC 9110; 529 is "overloaded"). */
export function faultOfStatus(status: number): FaultKind {
  return BY_STATUS[status] ?? 'unavailable';
}

/** Milliseconds of a Retry-After header (RFC 9110 10.2.3): seconds, or a date. */
export function retryAfterMs(header: string | null | undefined, nowMs = Date.now()): number | undefined {
  if (header == null || header.trim() === '') return undefined;
  const ms = /^\d+(?:\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
