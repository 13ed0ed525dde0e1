import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isUuid, uuidv7 } from '@selfos/kernel';
import { PUBLIC_URL, startWorld, World, type RunningWorld } from './upstreams.js';

const ADA = uuidv7();
const world = new World();
let running: RunningWorld;
let token: string;

beforeAll(async () => {
  await world.prepare(ADA);
  running = await startWorld(world, { CORS_ORIGINS: 'https://app.example.org' });
  token = await world.accessToken(ADA);
});
afterAll(() => running.stop());

interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly token?: string | null;
}

function ask(path: string, { method, body, headers, token: given = token }: Ask = {}): Promise<Response> {
  return fetch(`${running.gateway.url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(given === null ? {} : { authorization: `Bearer ${given}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
const task = { title: 'Walk by the river', life_areas: ['health'] };

describe('a body with words', () => {
  it('is sealed before it goes on, and the answer is opened on its way out', async () => {
    const response = await ask('/api/v1/tasks', { body: task });
    const made = (await response.json()) as { id: string; title: string; description: null };
    expect(response.status).toBe(201);
    expect(made).toMatchObject({ title: 'Walk by the river', description: null, priority: 3 });
    expect(JSON.stringify(world.seen.at(-1)?.body)).not.toContain('river');
    expect(world.seen.at(-1)?.body).toMatchObject({ id: made.id, title: { v: 1, ctx: 'tasks.task.title', oid: made.id, uid: ADA } });
    const read = await ask(`/api/v1/tasks/${made.id}`);
    expect(await read.json()).toMatchObject({ title: 'Walk by the river' });
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it('is the same request again under the same Idempotency-Key, although it is sealed anew', async () => {
    const headers = { 'idempotency-key': 'walk-1' };
    const first = await ask('/api/v1/tasks', { body: task, headers });
    const calls = world.seen.length;
    const second = await ask('/api/v1/tasks', { body: task, headers });
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(world.seen.length).toBe(calls);
    const other = await ask('/api/v1/tasks', { body: { ...task, title: 'Swim' }, headers });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ code: 'http.idempotency.key-reused' });
  });

  it('that does not fit is refused with every place named, and goes nowhere', async () => {
    const calls = world.seen.length;
    const response = await ask('/api/v1/tasks', { body: { title: '', life_areas: ['fun'], priority: 9 } });
    expect(response.status).toBe(400);
    const problem = (await response.json()) as { errors: { pointer: string }[] };
    expect(problem).toMatchObject({ error: 'Invalid input', code: 'http.request.invalid', status: 400 });
    expect(problem.errors.map((error) => error.pointer)).toEqual(['/title', '/life_areas/0', '/priority']);
    expect(world.seen.length).toBe(calls);
  });
});

describe('a body without words', () => {
  it('passes unparsed, and so does its answer', async () => {
    const body = { email: 'ada@example.org', password: 'correct horse battery', timezone: 'Europe/Paris' };
    const response = await ask('/api/v1/auth/register', { body, token: null });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ email: 'ada@example.org' });
    expect(world.seen.at(-1)).toMatchObject({ route: 'register', body });
    expect(await (await ask('/api/v1/conversations?limit=2')).json()).toEqual({ items: [], next_cursor: null });
  });

  it('gets the problem of the service that refuses it', async () => {
    const response = await ask('/api/v1/auth/register', { body: { email: 'x' }, token: null });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'http.request.invalid' });
    expect((await ask('/api/v1/auth/register', { body: '{"a":1', token: null })).status).toBe(400);
    expect((await ask('/api/v1/auth/register', { body: `"${'x'.repeat(1_100_000)}"`, token: null })).status).toBe(413);
  });

  it('meets a service that is down as 503', async () => {
    const response = await ask('/api/v1/notifications');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'http.dependency.unavailable' });
  });
});

describe('a live answer', () => {
  it('is opened frame by frame as it comes', async () => {
    const response = await ask('/api/v1/conversations', { body: { message: 'What now?' }, headers: { accept: 'text/event-stream' } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const text = await response.text();
    const events = text.split('\n\n').filter((block) => block.startsWith('event: '));
    expect(events.map((block) => block.split('\n')[0])).toEqual(['event: token', 'event: token', 'event: token', 'event: done']);
    expect(events[2]).toContain('{"text":"walk"}');
    expect(events[3]).toContain('"ai_response":"Let us walk"');
    expect(text).not.toContain('"c":');
    expect(JSON.stringify(world.seen.at(-1)?.body)).not.toContain('What now');
  });
});

describe('many live answers', () => {
  const live = (token: string) => ask('/api/v1/conversations', { body: { message: 'Hm?' }, headers: { accept: 'text/event-stream' }, token });
  const openLive = async (count: number): Promise<Response[]> => {
    const userId = uuidv7();
    const theirs = await world.accessToken(userId);
    return Promise.all(Array.from({ length: count }, () => live(theirs)));
  };

  it('of one person are limited, and of many people keep nobody else waiting', async () => {
    let release = (): void => undefined;
    world.hold = new Promise((resolve) => (release = resolve));
    const statuses = (await openLive(9)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 8 }, () => 201), 429]);
    const more = await Promise.all(Array.from({ length: 8 }, () => openLive(8)));
    expect(more.flat().every(({ status }) => status === 201)).toBe(true);
    expect((await ask('/api/v1/tasks', { body: task })).status).toBe(201);
    world.hold = undefined;
    release();
    await Promise.all(more.flat().map((response) => response.text()));
  });
});

describe('who may pass', () => {
  it('is decided by the token and its permissions', async () => {
    expect((await ask('/api/v1/conversations', { token: null })).status).toBe(401);
    expect((await ask('/api/v1/conversations', { token: 'a.b.c' })).status).toBe(401);
    expect((await ask('/api/v1/conversations', { token: await world.accessToken(ADA, 'write:own_data') })).status).toBe(403);
    expect((await ask('/api/v1/conversations', { token: await world.accessToken(ADA, 'read:own_data', -60) })).status).toBe(401);
    const strange = new World();
    await strange.prepare(ADA);
    const refusal = await ask('/api/v1/conversations', { token: await strange.accessToken(ADA) });
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('never reaches an internal route', async () => {
    expect((await ask('/internal/keys/domain', { body: { domain: 'tasks', epoch: 1 } })).status).toBe(404);
    expect((await ask('/api/v1/clock')).status).toBe(404);
  });
});

describe('browsers', () => {
  it('get the security headers on every answer, errors included', async () => {
    for (const response of [await ask('/health'), await ask('/nowhere'), await ask('/api/v1/conversations'), await ask('/api/v1/tasks', { body: {} })]) {
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=63072000/);
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  it('may call from the listed origins and from no other', async () => {
    const good = await ask('/api/v1/conversations', { headers: { origin: 'https://app.example.org' } });
    expect(good.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    for (const origin of ['https://evil.example', 'null', 'https://app.example.org.evil.example']) {
      const bad = await ask('/api/v1/conversations', { headers: { origin } });
      expect(bad.status).toBe(403);
      expect(bad.headers.get('access-control-allow-origin')).toBeNull();
      expect(await bad.json()).toMatchObject({ error: 'CORS policy violation' });
    }
    const port = String(running.gateway.port);
    for (const own of [`http://127.0.0.1:${port}`, PUBLIC_URL]) expect((await ask('/health', { headers: { origin: own } })).status).toBe(200);
    for (const other of [`https://127.0.0.1:${port}`, PUBLIC_URL.replace('http:', 'https:')]) expect((await ask('/health', { headers: { origin: other } })).status).toBe(403);
    const preflight = await ask('/api/v1/tasks', { method: 'OPTIONS', token: null, headers: { origin: 'https://app.example.org' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
  });
});

describe('old addresses and documentation', () => {
  it('points from the unversioned address to the current one, method kept', async () => {
    const response = await ask('/api/conversations?x=1', { body: { message: 'hi' } });
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe('/api/v1/conversations?x=1');
  });

  it('describes every public route in its plain shape, in one OpenAPI 3.1 document', async () => {
    const document = (await (await ask('/docs/openapi.json', { token: null })).json()) as { openapi: string; paths: Record<string, Record<string, unknown>>; components: { schemas: Record<string, unknown> } };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/auth/register', '/api/v1/tasks/{id}', '/api/v1/stories/{id}/files/{name}']));
    expect(Object.keys(document.paths).some((path) => path.startsWith('/internal'))).toBe(false);
    expect(JSON.stringify(document)).not.toContain('x-selfos');
    expect(document.components.schemas['Task']).toMatchObject({ properties: { title: { type: 'string', maxLength: 500 } } });
    for (const [, name] of JSON.stringify(document).matchAll(/#\/components\/schemas\/([A-Za-z]+)/g)) expect(document.components.schemas[name ?? '']).toBeDefined();
  });

  it('shows it on a page from its own assets', async () => {
    const page = await ask('/docs', { token: null });
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    for (const [, asset] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await ask(asset ?? '', { token: null })).status).toBe(200);
    expect((await ask('/docs/assets/package.json', { token: null })).status).toBe(404);
  });
});

describe('readiness', () => {
  it('needs every service', async () => {
    const response = await ask('/ready', { token: null });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { auth: true, backend: true, memory: false } });
    expect((await ask('/health', { token: null })).status).toBe(200);
  });
});

describe('request ids', () => {
  it('are kept when they are UUIDs, and made otherwise', async () => {
    const id = uuidv7();
    expect((await ask('/health', { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toBe(id);
    expect(isUuid((await ask('/health', { headers: { 'x-request-id': 'x y' } })).headers.get('x-request-id'))).toBe(true);
    expect(PUBLIC_URL).toBe('http://selfos.test');
  });
});
