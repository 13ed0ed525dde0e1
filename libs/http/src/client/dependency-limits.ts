import type { ServiceName } from '@selfos/contracts';

/** When calls of a dependency stop for a while, and how long. */
export interface BreakerLimits {
  /** Failures without a success between them. */
  readonly row: number;
  /** Share of failed calls in `windowMs`, counted from `calls` calls on. */
  readonly share?: { readonly threshold: number; readonly calls: number; readonly windowMs: number };
  /** Pause before one call may try again; doubled each time that fails, up to `longestRestMs`. */
  readonly restMs: number;
  readonly longestRestMs: number;
}

/** What a dependency may cost its callers, so that one that fails or hangs takes nobody else with it. */
export interface DependencyLimits {
  readonly name: string;
  /** What calls it, and for what. */
  readonly use: string;
  /** Longest time of one call; the caller's own deadline may be nearer. */
  readonly timeoutMs: number;
  /** How often a call that may be repeated is, at most; of all calls one in ten. */
  readonly retries: number;
  readonly breaker?: BreakerLimits;
  /** Calls at once, and calls that wait for one of them to end; any more are refused. */
  readonly bulkhead?: { readonly running: number; readonly waiting: number };
}

/** Limits of a service that is called by its routes. */
export interface ServiceLimits extends DependencyLimits {
  /** Without an answer after this time it is asked whether it lives, and again each time this time has passed. */
  readonly silenceMs: number;
  /** It has to say so within this time; otherwise all calls that wait for it end. */
  readonly signOfLifeMs: number;
  readonly breaker: BreakerLimits;
  readonly bulkhead: { readonly running: number; readonly waiting: number };
}

const BREAKER: BreakerLimits = { row: 3, share: { threshold: 0.5, calls: 20, windowMs: 10_000 }, restMs: 2_000, longestRestMs: 8_000 };
const SERVICE = { retries: 2, silenceMs: 1_500, signOfLifeMs: 3_000, breaker: BREAKER, bulkhead: { running: 64, waiting: 128 } } as const;

/** Of every service, from the point of view of each of its callers. Live answers count in the bulkhead until they begin. */
export const SERVICE_LIMITS: Readonly<Record<ServiceName, ServiceLimits>> = {
  gateway: { ...SERVICE, name: 'gateway', use: 'nobody inside calls it', timeoutMs: 10_000 },
  auth: { ...SERVICE, name: 'auth', use: 'accounts and keys', timeoutMs: 10_000 },
  backend: { ...SERVICE, name: 'backend', use: 'conversations, plans, tasks, goals', timeoutMs: 120_000 },
  'ai-engine': { ...SERVICE, name: 'ai-engine', use: 'answers and narratives', timeoutMs: 120_000 },
  memory: { ...SERVICE, name: 'memory', use: 'recalling and remembering', timeoutMs: 30_000 },
  'story-engine': { ...SERVICE, name: 'story-engine', use: 'stories and their files', timeoutMs: 30_000 },
  notify: { ...SERVICE, name: 'notify', use: 'reminders and the inbox', timeoutMs: 10_000 },
  rlhf: { ...SERVICE, name: 'rlhf', use: 'feedback', timeoutMs: 10_000 },
};
