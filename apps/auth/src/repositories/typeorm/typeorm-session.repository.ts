import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { SessionRepository, type Consumption } from '../../domain/sessions/session.repository.js';
import type { RefreshToken, RevocationReason, Session } from '../../domain/sessions/session.js';

// One statement decides, so exactly one of concurrent callers gets a row.
const CONSUME = `
  UPDATE refresh_tokens AS t SET consumed_at = $3
    FROM sessions AS s
   WHERE t.hash = $1 AND t.user_id = $2 AND t.consumed_at IS NULL AND t.expires_at > $3
     AND s.id = t.session_id AND s.revoked_at IS NULL
  RETURNING t.session_id`;
// A session is kept as long as its longest-lived token: with it go the traces of tokens that were used before.
const OUTLAST = 'UPDATE sessions SET expires_at = greatest(expires_at, $3) WHERE id = $1 AND user_id = $2';
const LOOK = 'SELECT session_id, consumed_at FROM refresh_tokens WHERE hash = $1 AND user_id = $2';
const REVOKE = 'UPDATE sessions SET revoked_at = $3, revoked_because = $4 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING id';

@Injectable()
export class TypeormSessionRepository extends SessionRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async start(userId: Uuid, { id, createdAt }: Session): Promise<void> {
    await this.database.manager().query('INSERT INTO sessions (id, user_id, created_at) VALUES ($1, $2, $3)', [id, userId, createdAt]);
  }

  async addToken(userId: Uuid, { hash, sessionId, issuedAt, expiresAt }: RefreshToken): Promise<void> {
    const sql = 'INSERT INTO refresh_tokens (hash, user_id, session_id, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)';
    await this.database.manager().query(sql, [hash, userId, sessionId, issuedAt, expiresAt]);
    await this.database.manager().query(OUTLAST, [sessionId, userId, expiresAt]);
  }

  async consume(userId: Uuid, hash: string, at: Date): Promise<Consumption> {
    const [consumed] = await this.changed<{ session_id: Uuid }>(CONSUME, [hash, userId, at]);
    if (consumed !== undefined) return { kind: 'consumed', sessionId: consumed.session_id };
    const [row] = await this.look(userId, hash);
    return row?.consumed_at ? { kind: 'reused', sessionId: row.session_id } : { kind: 'refused' };
  }

  async findSessionId(userId: Uuid, hash: string): Promise<Uuid | undefined> {
    const [row] = await this.look(userId, hash);
    return row?.session_id;
  }

  async revoke(userId: Uuid, sessionId: Uuid, end: { readonly reason: RevocationReason; readonly at: Date }): Promise<boolean> {
    return (await this.changed(REVOKE, [sessionId, userId, end.at, end.reason])).length === 1;
  }

  private async look(userId: Uuid, hash: string): Promise<{ session_id: Uuid; consumed_at: Date | null }[]> {
    return this.database.manager().query(LOOK, [hash, userId]);
  }

  // TypeORM answers UPDATE with [rows, count].
  private async changed<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    const answer: [T[], number] = await this.database.manager().query(sql, parameters);
    return answer[0];
  }
}
