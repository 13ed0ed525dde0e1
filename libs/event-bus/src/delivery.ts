import { DomainError } from '@selfos/kernel';
import type { BusEvent, EventHandler } from './event-bus.js';
import { HandlerTooSlow } from './event-bus.errors.js';
import { isOutage } from './outage.js';

/** How often, how long and how soon again a delivery is tried. Times in milliseconds. */
export interface DeliveryPolicy {
  readonly maxAttempts: number;
  /** A handler that runs longer counts as failed. */
  readonly handlerDeadlineMs: number;
  /** A delivery without news for this long is given to another replica; longer than the handler's deadline. */
  readonly leaseMs: number;
  /** Pause before attempt n + 1: `firstPauseMs * 4^(n - 1)`, with up to 20 % added by chance. */
  readonly firstPauseMs: number;
  /** The longest pause of an event whose handler lacks something that is away; such pauses grow alike, and count as no attempt. */
  readonly longestPauseMs: number;
  /** After so many such pauses in vain the event is a dead letter: what is away for that long is the event's own fault, or somebody's to mend. */
  readonly mostWaits: number;
  /** How often to look without having been woken. */
  readonly pollMs: number;
  /** Handlers of one subscription that may run at once; a batch counts as one. */
  readonly concurrency: number;
  /** Most events that one batch handler gets. */
  readonly batchSize: number;
  /** A batch that takes longer is undone, and its events are handled one by one. */
  readonly batchDeadlineMs: number;
  /** Most events in hand, waiting or running. How many there are below that follows how fast they are handled. */
  readonly mostInHand: number;
}

export const DEFAULT_POLICY: DeliveryPolicy = {
  maxAttempts: 5,
  handlerDeadlineMs: 45_000,
  leaseMs: 60_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  mostWaits: 10_000,
  pollMs: 1_000,
  concurrency: 4,
  batchSize: 64,
  batchDeadlineMs: 5_000,
  mostInHand: 2_048,
};

/** What became of one delivery. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly pauseMs: number; readonly reason: string; readonly error: unknown }
  /** What its handler needs is away: as a retry, for as long as it takes, and not counted. */
  | { readonly kind: 'wait'; readonly pauseMs: number; readonly reason: string; readonly error: unknown }
  | { readonly kind: 'dead'; readonly reason: string; readonly error: unknown };

/** Runs the handler once and says what becomes of the event. Never rejects. */
export async function attemptDelivery(handler: EventHandler, event: BusEvent, delivery: { attempt: number; waits: number; policy: DeliveryPolicy }): Promise<Outcome> {
  const { attempt, waits, policy } = delivery;
  if (attempt > policy.maxAttempts) return { kind: 'dead', reason: 'event-bus.consumer.lost', error: undefined };
  try {
    await withDeadline(handler(event, { attempt }), policy.handlerDeadlineMs);
    return { kind: 'done' };
  } catch (error) {
    const reason = identityOf(error);
    if (isOutage(error) && waits < policy.mostWaits) return { kind: 'wait', pauseMs: waitAfter(waits, policy), reason, error };
    const hopeless = isOutage(error) || (error instanceof DomainError && error.kind === 'invalid');
    if (hopeless || attempt >= policy.maxAttempts) return { kind: 'dead', reason, error };
    return { kind: 'retry', pauseMs: pauseAfter(attempt, policy), reason, error };
  }
}

/** The pause after failed attempt `attempt`, in milliseconds. */
export function pauseAfter(attempt: number, policy: DeliveryPolicy): number {
  return Math.round(policy.firstPauseMs * 4 ** (attempt - 1) * (1 + Math.random() * 0.2));
}

/** The pause of an event that has waited `waits` times already. */
function waitAfter(waits: number, policy: DeliveryPolicy): number {
  return Math.min(Math.round(policy.longestPauseMs * (0.8 + Math.random() * 0.2)), pauseAfter(Math.min(waits, 10) + 1, policy));
}

/** What an error is, without any of its text: text may hold what people wrote. */
function identityOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

function withDeadline(work: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new HandlerTooSlow()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
