/** How long to keep off after the nth error, milliseconds: doubled each time, capped, and spread by half so that a crowd does not return as one. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

export function retryDelay(attempt: number, backoff: Backoff, random: () => number = Math.random): number {
  const full = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (0.5 + random() / 2));
}
