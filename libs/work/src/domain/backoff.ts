/** How long to keep off after the nth error, milliseconds: doubled each time, capped, and spread by half so that a crowd does not return as one. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

export function retryDelay(attempt: number, backoff: Backoff, random: () => number = Math.random): number {
  return spread(Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.max(0, attempt - 1)), random);
}

/** How long to wait for what has been away for `awayMs`: as long again, from the base to the cap, so that the pauses double. */
export function outageDelay(awayMs: number, backoff: Backoff, random: () => number = Math.random): number {
  return spread(Math.min(backoff.capMs, Math.max(backoff.baseMs, awayMs)), random);
}

function spread(full: number, random: () => number): number {
  return Math.round(full * (0.5 + random() / 2));
}
