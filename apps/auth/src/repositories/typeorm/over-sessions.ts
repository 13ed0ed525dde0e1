import type { Sweep } from '@selfos/persistence';

/** Refresh tokens that no longer work and sessions without any that does. Their times are real time, as the database's. */
export const OVER_SESSIONS: readonly Sweep[] = [
  { table: 'refresh_tokens', over: 'expires_at < clock_timestamp()' },
  { table: 'sessions', over: 'expires_at < clock_timestamp()' },
];
