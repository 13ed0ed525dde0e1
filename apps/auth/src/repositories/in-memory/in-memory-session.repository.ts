import type { Uuid } from '@selfos/kernel';
import { SessionRepository, type Consumption } from '../../domain/sessions/session.repository.js';
import type { RefreshToken, RevocationReason, Session } from '../../domain/sessions/session.js';

interface HeldToken extends RefreshToken {
  readonly userId: Uuid;
  consumedAt?: Date;
}

export class InMemorySessionRepository extends SessionRepository {
  private readonly sessions = new Map<Uuid, { readonly userId: Uuid; revoked: boolean }>();
  private readonly tokens = new Map<string, HeldToken>();

  start(userId: Uuid, session: Session): Promise<void> {
    this.sessions.set(session.id, { userId, revoked: false });
    return Promise.resolve();
  }

  addToken(userId: Uuid, token: RefreshToken): Promise<void> {
    this.tokens.set(token.hash, { ...token, userId });
    return Promise.resolve();
  }

  consume(userId: Uuid, hash: string, at: Date): Promise<Consumption> {
    const token = this.own(userId, hash);
    if (token?.consumedAt !== undefined) return Promise.resolve({ kind: 'reused', sessionId: token.sessionId });
    if (token === undefined || token.expiresAt <= at || this.sessions.get(token.sessionId)?.revoked !== false) return Promise.resolve({ kind: 'refused' });
    token.consumedAt = at;
    return Promise.resolve({ kind: 'consumed', sessionId: token.sessionId });
  }

  findSessionId(userId: Uuid, hash: string): Promise<Uuid | undefined> {
    return Promise.resolve(this.own(userId, hash)?.sessionId);
  }

  revoke(userId: Uuid, sessionId: Uuid, _end: { readonly reason: RevocationReason; readonly at: Date }): Promise<boolean> {
    const session = this.sessions.get(sessionId);
    if (session?.userId !== userId || session.revoked) return Promise.resolve(false);
    session.revoked = true;
    return Promise.resolve(true);
  }

  private own(userId: Uuid, hash: string): HeldToken | undefined {
    const token = this.tokens.get(hash);
    return token?.userId === userId ? token : undefined;
  }
}
