import type { ModelFault } from './chat-model.js';

export const FAILURES_TO_OPEN = 3;
export const REST_MS = 30_000;
/** A key that is refused or a quota that is used up does not mend itself in seconds. */
const LONG_REST_MS = 600_000;
const LONGEST_REST_MS = 3_600_000;

/** Spares a model that fails: after three failures in a row, or when it says so, it is not asked for a while. Real time. */
export class Breaker {
  private failures = 0;
  private openUntil = 0;

  constructor(private readonly now: () => number = Date.now) {}

  get isOpen(): boolean {
    return this.now() < this.openUntil;
  }

  succeeded(): void {
    this.failures = 0;
    this.openUntil = 0;
  }

  failed({ kind, retryAfterMs }: ModelFault): void {
    if (kind === 'invalid' || kind === 'refused' || kind === 'budget') return;
    this.failures += 1;
    const rest = kind === 'auth' || kind === 'quota' ? LONG_REST_MS : (retryAfterMs ?? (this.failures >= FAILURES_TO_OPEN ? REST_MS : 0));
    this.openUntil = Math.max(this.openUntil, this.now() + Math.min(rest, LONGEST_REST_MS));
  }
}
