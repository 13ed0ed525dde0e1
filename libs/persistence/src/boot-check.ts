import type { DataSource } from 'typeorm';
import { UnsafeDatabase } from './persistence.errors.js';

interface RoleFacts {
  readonly role: string;
  readonly privileged: boolean;
  readonly owned: number;
  readonly unprotected: string | null;
  readonly connections: number;
}

// Tables that name a person must be bound by row-level security, for their owner as well.
const FACTS = `
  SELECT current_user AS role,
         (SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS privileged,
         (SELECT count(*)::int FROM pg_class WHERE relowner = to_regrole(current_user::text) AND relkind IN ('r', 'p')) AS owned,
         (SELECT string_agg(c.relname, ', ') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE a.attname = 'user_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
             AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)) AS unprotected,
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS connections`;

/**
 * Refuses a database in which one person's rows would not be safe from another, or whose server cannot carry the
 * connections of all services together.
 */
export async function checkDatabase(source: DataSource, plannedConnections: number): Promise<void> {
  const rows: RoleFacts[] = await source.query(FACTS);
  const facts = rows[0];
  if (facts === undefined) throw new UnsafeDatabase();
  if (facts.privileged) throw new UnsafeDatabase({ detail: `The role ${facts.role} could pass by row-level security` });
  if (facts.owned > 0) throw new UnsafeDatabase({ detail: `The role ${facts.role} owns tables` });
  if (facts.unprotected !== null) {
    throw new UnsafeDatabase({ detail: `Tables that name a person lack forced row-level security: ${facts.unprotected}` });
  }
  if (plannedConnections > facts.connections) {
    throw new UnsafeDatabase({ detail: `The services want ${plannedConnections} connections; the server allows ${facts.connections} (max_connections)` });
  }
}
