import type { OwnLimits } from '../ports/budget.js';
import type { SeenPicture } from '../pictures/picture.js';
import type { Complaint } from './listed.js';
import type { Usage } from './language-model.js';

/** What a model of language is asked, as its makers' interfaces have it. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  /** JSON Schema that the answer must follow, for models that can be held to one. */
  readonly schema: object;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  /** What the answer is for, as limits and measures name it. */
  readonly operation: string;
  /** Of whoever asks, beside the installation's. */
  readonly limits?: OwnLimits | undefined;
  /** To be looked at, before the words. */
  readonly pictures?: readonly SeenPicture[] | undefined;
}

/** A piece of a running answer: text as it comes, and what it has used so far. */
export type ChatPiece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'usage'; readonly usage: Usage };

/** Where a question goes: off the machines of the person's installation, to one of them by network, or nowhere at all. */
export type Place = 'cloud' | 'local' | 'process';

/** Writes an answer piece by piece. It ends when the answer is whole; everything else is a ModelFault. It never tries again by itself. */
export abstract class ChatModel {
  /** As the person is told which model answered: maker and id. */
  abstract readonly name: string;
  abstract readonly place: Place;
  /** Whether it can be shown pictures at all; some of a kind still may not see. */
  readonly sees: boolean = true;

  abstract stream(request: ChatRequest): AsyncIterable<ChatPiece>;

  /** What is wrong with it as it is configured; undefined when nothing is, or nobody can tell. May reject. */
  complaint(_signal: AbortSignal): Promise<Complaint | undefined> {
    return Promise.resolve(undefined);
  }

  /** Gives back what it holds; afterwards it is not asked again. */
  end(): Promise<void> {
    return Promise.resolve();
  }
}

/** Why a model gave no answer. */
export type FaultKind = 'auth' | 'rate-limited' | 'quota' | 'unavailable' | 'timeout' | 'cut' | 'refused' | 'invalid' | 'malformed' | 'budget';

/** Refusals before any work: nothing was used. */
export const UNUSED_FAULTS: readonly FaultKind[] = ['auth', 'rate-limited', 'quota', 'unavailable', 'invalid', 'budget'];

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

/** An answer that is not whole: because nobody waited for its end, or of itself. */
export function brokenOff(signal: AbortSignal): ModelFault {
  return new ModelFault(signal.aborted ? 'timeout' : 'cut');
}

const HUNG_UP = /\bterminated|premature|socket|aborted|ECONNRESET|UND_ERR/i;

/** Whether the other side hung up in the middle, whichever client tells it. */
export function isHangUp(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { message, cause } = error as { readonly message?: unknown; readonly cause?: unknown };
  return (typeof message === 'string' && HUNG_UP.test(message)) || isHangUp(cause);
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
