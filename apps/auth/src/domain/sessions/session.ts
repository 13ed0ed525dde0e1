import type { Uuid } from '@selfos/kernel';

/** One signing in, and all refresh tokens that follow from it: they live and die together. */
export interface Session {
  readonly id: Uuid;
  readonly createdAt: Date;
}

/** A refresh token as it is kept: its hash. It works once. */
export interface RefreshToken {
  /** 64 hex digits. */
  readonly hash: string;
  readonly sessionId: Uuid;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export type RevocationReason = 'logout' | 'reuse';

export const ACCESS_TOKEN_SECONDS = 3600;
export const REFRESH_TOKEN_MS = 30 * 24 * 3_600_000;
