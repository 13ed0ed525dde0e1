import type { Uuid } from '@selfos/kernel';
import type { RefreshToken, RevocationReason, Session } from './session.js';

/** What became of a refresh token that was handed in. `reused`: it had worked before. */
export type Consumption = { readonly kind: 'consumed'; readonly sessionId: Uuid } | { readonly kind: 'reused'; readonly sessionId: Uuid } | { readonly kind: 'refused' };

/** Keeps sessions and the hashes of their refresh tokens. */
export abstract class SessionRepository {
  abstract start(userId: Uuid, session: Session): Promise<void>;

  abstract addToken(userId: Uuid, token: RefreshToken): Promise<void>;

  /**
   * Uses a token up, in one step that exactly one of concurrent callers wins. Tokens that are unknown, expired or of a session that is
   * over are `refused`.
   */
  abstract consume(userId: Uuid, hash: string, at: Date): Promise<Consumption>;

  /** The session of a token that may have been used or expired. */
  abstract findSessionId(userId: Uuid, hash: string): Promise<Uuid | undefined>;

  /** Ends a session with all its tokens; false when it was over already. */
  abstract revoke(userId: Uuid, sessionId: Uuid, end: { readonly reason: RevocationReason; readonly at: Date }): Promise<boolean>;
}
