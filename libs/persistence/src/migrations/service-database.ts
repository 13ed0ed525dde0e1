/** Where a service keeps its rows and as whom it gets there; everything follows from the administrator's URL. */
export interface ServiceDatabase {
  readonly service: string;
  readonly database: string;
  /** The server's own database, for making the others. */
  readonly maintenanceUrl: string;
  /** Owner of the tables: for migrations only. */
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
}

/** `<service>_app` is bound by row-level security; `<service>_worker` claims from outbox, once and work and sees no content. */
export function roleNames(service: string): { readonly app: string; readonly worker: string } {
  return { app: `${identifier(service)}_app`, worker: `${identifier(service)}_worker` };
}

/**
 * The service's database is named like the service, or `<name>_<service>` when the URL names a database of its own
 * (another than `postgres`): so one server can hold several installations.
 */
export async function serviceDatabase(service: string, administratorUrl: string): Promise<ServiceDatabase> {
  const given = decodeURIComponent(new URL(administratorUrl).pathname.slice(1));
  const prefix = given === '' || given === 'postgres' ? '' : `${identifier(given)}_`;
  const database = `${prefix}${identifier(service)}`;
  const roles = roleNames(service);
  const secret = decodeURIComponent(new URL(administratorUrl).password);
  return {
    service: identifier(service),
    database,
    maintenanceUrl: withParts(administratorUrl, { database: 'postgres' }),
    adminUrl: withParts(administratorUrl, { database }),
    appUrl: withParts(administratorUrl, { database, user: roles.app, password: await rolePassword(secret, roles.app) }),
    workerUrl: withParts(administratorUrl, { database, user: roles.worker, password: await rolePassword(secret, roles.worker) }),
  };
}

interface UrlParts {
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
}

function withParts(url: string, parts: UrlParts): string {
  const changed = new URL(url);
  changed.pathname = `/${parts.database}`;
  if (parts.user !== undefined) changed.username = parts.user;
  if (parts.password !== undefined) changed.password = parts.password;
  return changed.href;
}

function identifier(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
}

/** HMAC-SHA256 of the role's name under the administrator's password, 64 hex digits: nothing more to configure. */
async function rolePassword(secret: string, role: string): Promise<string> {
  const bytes = new TextEncoder().encode(`selfos/database-role/1 ${secret}`);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(role));
  return Buffer.from(mac).toString('hex');
}
