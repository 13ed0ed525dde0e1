import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Accounts, sessions and refresh tokens. Addresses are there as a keyed hash and as a sealed envelope only. */
export class CreateAccounts1763805600000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        user_id uuid PRIMARY KEY,
        email_hash varchar(64) NOT NULL CHECK (email_hash ~ '^[0-9a-f]{64}$'),
        email jsonb NOT NULL,
        password_hash text NOT NULL,
        timezone text NOT NULL CHECK (length(timezone) BETWEEN 1 AND 64),
        tier text NOT NULL CHECK (tier IN ('standard', 'premium', 'privacy')),
        created_at timestamptz NOT NULL,
        version integer NOT NULL CHECK (version >= 1)
      )`);
    // The one table that is read before anybody is known, and then only the row whose keyed hash was asked for.
    await runner.query(`
      CREATE TABLE addresses (
        email_hash varchar(64) PRIMARY KEY,
        user_id uuid NOT NULL UNIQUE REFERENCES users (user_id) ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_because text CHECK (revoked_because IN ('logout', 'reuse', 'erasure')),
        CHECK ((revoked_at IS NULL) = (revoked_because IS NULL))
      )`);
    await runner.query('CREATE INDEX sessions_of_user ON sessions (user_id)');
    await runner.query(`
      CREATE TABLE refresh_tokens (
        hash varchar(64) PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
        user_id uuid NOT NULL,
        session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        consumed_at timestamptz
      )`);
    await runner.query('CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id)');
    for (const table of ['users', 'sessions', 'refresh_tokens']) await userOwnedTable(runner, table);
    await userOwnedTable(runner, 'addresses', ['select', 'insert', 'delete']);
    await runner.query("CREATE POLICY sought ON addresses FOR SELECT USING (email_hash = (select nullif(current_setting('app.email_hash', true), '')))");
  }
}
