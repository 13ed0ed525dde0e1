import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOMAINS, routes, type Route, type ServiceName } from '@selfos/contracts';
import { KeyFolder, verifyToken, type PublicJwk } from '@selfos/crypto';
import { ServiceTokens, startService, type RunningService } from '@selfos/http';
import { uuidv7 } from '@selfos/kernel';
import { rootContext } from '@selfos/observability';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import { define } from '../src/index.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never>;
}

interface Sending {
  readonly as?: ServiceName;
  readonly userId?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

requireRealPart('postgres')('auth over HTTP', () => {
  let home = '';
  let database: TestDatabase;
  let service: RunningService;

  const ada = { email: 'Ada.Lovelace@Example.org', password: 'a lamp, a lake, a ladder', timezone: 'Europe/London' };
  const person = { sessionId: uuidv7(), permissions: ['read:own_data', 'write:own_data'], tier: 'standard', lifetimeSeconds: 60 };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'selfos-auth-'));
    database = await databaseFor('auth');
    service = await startService(define({ DATABASE_URL: database.url, SELFOS_HOME: home, PORT: '0', LOG_LEVEL: 'CRITICAL' }));
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
    await rm(home, { recursive: true, force: true });
  });

  /** As the gateway would send it, or as another service does. */
  async function send(route: Route, { as = 'gateway', userId, body, headers = {} }: Sending = {}): Promise<Answer> {
    const keys = new KeyFolder(join(home, 'keys', 'services'));
    const tokens = new ServiceTokens(as, keys);
    const context = as === 'gateway' || userId === undefined ? undefined : rootContext({ kind: 'job', id: 'spec' }, { userId });
    const answer = await fetch(`${service.url}${route.path}`, {
      method: route.method,
      headers: {
        authorization: `Bearer ${await tokens.forCall({ to: 'auth', method: route.method, path: route.path, context })}`,
        'content-type': 'application/json',
        ...(userId === undefined || as !== 'gateway' ? {} : { 'x-selfos-user-token': await tokens.forPerson({ ...person, userId }) }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  const register = (more: object = {}, headers: Record<string, string> = {}): Promise<Answer> => send(routes.register, { body: { ...ada, email: `${uuidv7()}@example.org`, ...more }, headers });

  async function rows(name: 'auth' | 'keys', sql: string): Promise<Record<string, unknown>[]> {
    const url = new URL(database.url);
    url.pathname = `${url.pathname}_${name}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  describe('an account', () => {
    it('is made, signed in to, read and changed', async () => {
      const made = await register({ email: ada.email });
      expect([made.status, made.body]).toEqual([201, expect.objectContaining({ email: ada.email, timezone: 'Europe/London', tier: 'standard', version: 1 })]);
      const tokens = await send(routes.login, { body: { email: ' ada.lovelace@example.org'.trim(), password: ada.password } });
      expect([tokens.status, tokens.body]).toEqual([200, expect.objectContaining({ token_type: 'Bearer', expires_in: 3600 })]);
      const { keys } = (await send(routes.jwks)).body as unknown as { keys: PublicJwk[] };
      const claims = await verifyToken(tokens.body['access_token'] ?? '', { typ: 'at+jwt', issuer: 'http://localhost:8080', audience: 'selfos', keys });
      const userId = String(claims.sub);
      const read = await send(routes.getMe, { userId });
      expect([read.status, read.headers.get('etag'), read.body]).toEqual([200, '"1"', made.body]);
      const moved = await send(routes.changeMe, { userId, body: { timezone: 'Asia/Tokyo' }, headers: { 'if-match': '"1"' } });
      expect([moved.status, moved.headers.get('etag'), moved.body['timezone']]).toEqual([200, '"2"', 'Asia/Tokyo']);
      const late = await send(routes.changeMe, { userId, body: { timezone: 'Asia/Seoul' }, headers: { 'if-match': '"1"' } });
      expect([late.status, late.body['code']]).toEqual([412, 'auth.user.version-mismatch']);
      expect((await send(routes.changeMe, { userId, body: { timezone: 'Asia/Seoul' } })).status).toBe(428);
      expect((await send(routes.changeMe, { userId, body: { timezone: 'Asia/Seoul' }, headers: { 'if-match': '"999999999999999"' } })).status).toBe(412);
    });

    it('takes an id that its owner brings, in capitals too, and never somebody else’s', async () => {
      const id = uuidv7();
      const made = await register({ id: id.toUpperCase() });
      expect([made.status, made.body['id']]).toEqual([201, id]);
      const stolen = await register({ id });
      expect([stolen.status, stolen.body['code']]).toEqual([409, 'auth.user.id-taken']);
      expect((await send(routes.getMe, { userId: id })).body).toEqual(made.body);
    });

    it('is made for each of many who come at once, and nobody else waits for their passwords to be hashed', async () => {
      const { body } = await register();
      const many = Array.from({ length: 60 }, () => register({}, { 'idempotency-key': uuidv7() }));
      const all = Promise.all(many);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const me = send(routes.getMe, { userId: String(body['id']) });
      expect(await Promise.race([me.then(() => 'somebody else'), all.then(() => 'the last of the many')])).toBe('somebody else');
      expect((await me).status).toBe(200);
      expect((await all).map(({ status }) => status)).toEqual(many.map(() => 201));
    }, 180_000);

    it('is refused with words that a person can act on', async () => {
      const answers = [
        await register({ password: 'short' }),
        await register({ timezone: 'Mars/Olympus' }),
        await register({ email: 'nonsense' }),
        await send(routes.register, { body: ada }),
        await send(routes.login, { body: { email: ada.email, password: 'wrong password' } }),
        await send(routes.login, { body: { email: 'nobody@example.org', password: 'wrong password' } }),
      ];
      expect(answers.map(({ status, body }) => [status, body['code'], (body['errors'] as { pointer: string }[] | undefined)?.map((one) => one.pointer)])).toEqual([
        [400, 'auth.password.weak', ['/password']],
        [400, 'http.request.invalid', ['/timezone']],
        [400, 'http.request.invalid', ['/email']],
        [409, 'auth.user.email-taken', undefined],
        [401, 'auth.login.refused', undefined],
        [401, 'auth.login.refused', undefined],
      ]);
      expect({ ...answers[4]?.body, traceId: '' }).toEqual({ ...answers[5]?.body, traceId: '' });
    });

    it('is made once for one Idempotency-Key, and for one of many rivals', async () => {
      const body = { ...ada, email: 'once@example.org' };
      const key = { 'idempotency-key': uuidv7() };
      const [first, again] = [await register(body, key), await register(body, key)];
      expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, first.body, 'true']);
      expect((await register({ ...body, timezone: 'Asia/Tokyo' }, key)).body['code']).toBe('auth.user.email-taken');
      const rivals = await Promise.all([1, 2, 3].map(() => register({ email: 'rivals@example.org' })));
      expect(rivals.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    it('is made for each of two strangers who happen to choose the same Idempotency-Key', async () => {
      const key = { 'idempotency-key': '1' };
      const answers = await Promise.all(['one@example.org', 'two@example.org'].map((email) => register({ email }, key)));
      expect(answers.map(({ status, body }) => [status, body['email']])).toEqual([[201, 'one@example.org'], [201, 'two@example.org']]);
    });

    it('is nowhere in the clear: no address, no password, no key', async () => {
      const [users] = await rows('auth', 'SELECT count(*)::int AS n FROM users');
      expect(users?.['n']).toBeGreaterThan(0);
      const everything = await Promise.all(
        ['users', 'addresses', 'once', 'outbox', 'refresh_tokens', 'sessions'].map((table) => rows('auth', `SELECT t::text AS line FROM ${table} AS t`)),
      );
      expect(JSON.stringify(everything)).not.toMatch(/example\.org|ladder/i);
      expect((await stat(join(home, 'keys', 'wrapping-key.json'))).mode & 0o777).toBe(0o600);
      const [keys] = await rows('keys', 'SELECT count(*)::int AS n, count(DISTINCT user_id)::int AS people, count(DISTINCT wrapped)::int AS distinct FROM wrapped_keys');
      expect(keys?.['n']).toBe(Number(keys?.['people']) * 10);
      expect(keys?.['distinct']).toBe(keys?.['n']);
    });

    it('is told to the others once', async () => {
      const events = await rows('auth', "SELECT user_id, payload FROM outbox WHERE type = 'user.registered'");
      const [users] = await rows('auth', 'SELECT count(*)::int AS n FROM users');
      expect(events).toHaveLength(Number(users?.['n']));
      expect(events[0]?.['payload']).toMatchObject({ type: 'user.registered', source: '/auth', data: { user_id: events[0]?.['user_id'], timezone: expect.any(String) } });
    });
  });

  describe('a session', () => {
    it('goes on by refreshing: of ten at once one wins, and then nobody', async () => {
      const email = `${uuidv7()}@example.org`;
      await register({ email });
      const login = await send(routes.login, { body: { email, password: ada.password } });
      const next = await send(routes.refresh, { body: { refresh_token: login.body['refresh_token'] } });
      expect(next.status).toBe(200);
      const rivals = await Promise.all(Array.from({ length: 10 }, () => send(routes.refresh, { body: { refresh_token: next.body['refresh_token'] } })));
      expect(rivals.filter(({ status }) => status === 200)).toHaveLength(1);
      const won = rivals.find(({ status }) => status === 200)?.body['refresh_token'];
      expect((await send(routes.refresh, { body: { refresh_token: won } })).body['code']).toBe('auth.refresh.refused');
      const ended = await rows('auth', "SELECT payload FROM outbox WHERE type = 'session.revoked' AND payload->'data'->>'reason' = 'reuse'");
      expect(ended).toHaveLength(1);
    });

    it('ends by signing out', async () => {
      const email = `${uuidv7()}@example.org`;
      await register({ email });
      const login = await send(routes.login, { body: { email, password: ada.password } });
      const body = { refresh_token: login.body['refresh_token'] };
      expect([(await send(routes.logout, { body })).status, (await send(routes.logout, { body })).status]).toEqual([204, 204]);
      expect((await send(routes.refresh, { body })).status).toBe(401);
    });
  });

  describe('a domain key', () => {
    it('is given to services of the grant only, always the same', async () => {
      const { body } = await register();
      const userId = String(body['id']);
      const ask = (as: ServiceName, domain: string, epoch = 1): Promise<Answer> => send(routes.domainKey, { as, userId, body: { domain, epoch } });
      const key = await ask('memory', 'memories');
      expect([key.status, key.body]).toEqual([200, { kid: 'memories:1', epoch: 1, key: expect.stringMatching(/^[\w-]{43}$/) }]);
      expect((await ask('ai-engine', 'memories')).body).toEqual(key.body);
      const statuses = await Promise.all(DOMAINS.map(async (domain) => [domain, (await ask('story-engine', domain)).status] as const));
      expect(statuses.filter(([, status]) => status === 200).map(([domain]) => domain)).toEqual(['media', 'stories']);
      expect(statuses.filter(([, status]) => status === 403)).toHaveLength(DOMAINS.length - 2);
      expect([(await ask('backend', 'tasks')).status, (await ask('notify', 'tasks')).status, (await ask('gateway', 'tasks', 2)).status]).toEqual([403, 403, 404]);
    });

    it('is given to nobody without a person, and never to the outside', async () => {
      expect((await send(routes.domainKey, { as: 'memory', body: { domain: 'memories', epoch: 1 } })).status).toBe(401);
      const bare = await fetch(`${service.url}${routes.domainKey.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"domain":"tasks","epoch":1}' });
      expect(bare.status).toBe(401);
    });
  });
});
