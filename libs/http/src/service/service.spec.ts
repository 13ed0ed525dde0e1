import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { loadConfig, commonConfig } from '@selfos/config';
import { routes, type ServiceManifest } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { defineError, uuidv7 } from '@selfos/kernel';
import { Logger, Tracer, currentContext, rootContext, runInContext } from '@selfos/observability';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InternalClient } from '../client/internal-client.js';
import { ServiceDirectory } from '../client/service-directory.js';
import type { AnswerOf, InputOf } from '../routing/input.js';
import { Input, Route } from '../routing/route.decorator.js';
import { ServiceTokens } from '../tokens/service-tokens.js';
import { startService, type RunningService } from './start-service.js';

class ConversationGone extends defineError('rlhf.conversation.gone', 'not-found', 'There is no such conversation') {}

const seen: unknown[] = [];
const ADA = uuidv7();
const GONE = uuidv7();

@Controller()
class FeedbackController {
  @Route(routes.giveFeedback)
  give(@Input() input: InputOf<typeof routes.giveFeedback>): AnswerOf<typeof routes.giveFeedback> {
    if (input.body.conversation_id === GONE) throw new ConversationGone();
    seen.push({ userId: input.userId, context: currentContext() });
    return { id: uuidv7(), conversation_id: input.body.conversation_id, message_id: null, rating: input.body.rating, correction: null, created_at: new Date().toISOString() };
  }

  @Route(routes.listFeedback)
  list(@Input() input: InputOf<typeof routes.listFeedback>): AnswerOf<typeof routes.listFeedback> {
    return { items: [], next_cursor: String(input.query.limit) };
  }
}

@Module({ controllers: [FeedbackController] })
class FeedbackModule {}

const manifest: ServiceManifest = { name: 'rlhf', plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };
const home = mkdtempSync(join(tmpdir(), 'http-'));
const config = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: '0', SHUTDOWN_DRAIN_MS: '1000' });
const quiet = new Logger({ service: 'rlhf', destination: { write: () => undefined } });

let service: RunningService;
let client: InternalClient;
let tokens: ServiceTokens;

beforeAll(async () => {
  const directory = new ServiceDirectory();
  service = await startService({ manifest, config, module: FeedbackModule, directory, logger: quiet });
  tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
  client = new InternalClient({ tokens, directory, tracer: new Tracer({ service: 'gateway' }), calls: ['rlhf'] });
});

afterAll(async () => {
  await client.close();
  await service.close();
});

async function asAda<T>(work: () => Promise<T>, permissions: readonly string[] = ['read:own_data', 'write:own_data']): Promise<T> {
  const userToken = await tokens.forPerson({ userId: ADA, sessionId: 's', permissions, tier: 'standard', lifetimeSeconds: 60 });
  return runInContext(rootContext({ kind: 'request', id: 'r' }, { userId: ADA, userToken }), work);
}

describe('a service', () => {
  it('answers a call made by the route definition, in the context of the person', async () => {
    const conversation = uuidv7();
    const answer = await asAda(() => client.call(routes.giveFeedback, { body: { id: uuidv7(), conversation_id: conversation, rating: 5 } }));
    expect(answer.conversation_id).toBe(conversation);
    expect(seen.at(-1)).toMatchObject({ userId: ADA, context: { userId: ADA, cause: { kind: 'request' } } });
  });

  it('carries one trace from the caller to the handler, and the time that is left', async () => {
    const userToken = await tokens.forPerson({ userId: ADA, sessionId: 's', permissions: ['write:own_data'], tier: 'standard', lifetimeSeconds: 60 });
    const context = rootContext({ kind: 'request', id: 'r' }, { userId: ADA, userToken, deadline: Date.now() + 30_000 });
    await runInContext(context, () => client.call(routes.giveFeedback, { body: { id: uuidv7(), conversation_id: uuidv7(), rating: 5 } }));
    const inside = seen.at(-1) as { context: { traceId: string; deadline: number } };
    expect(inside.context.traceId).toBe(context.traceId);
    expect(inside.context.deadline - Date.now()).toBeLessThan(30_000);
  });

  it('applies defaults of the query and refuses what does not fit, naming each field', async () => {
    expect(await asAda(() => client.call(routes.listFeedback, {}))).toEqual({ items: [], next_cursor: '50' });
    const refusal = await asAda(() => client.call(routes.giveFeedback, { body: { id: uuidv7(), conversation_id: 'x', rating: 9 } })).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'invalid', code: 'http.request.invalid', issues: [{ pointer: '/conversation_id' }, { pointer: '/rating' }] });
  });

  it('answers a domain error with its own identity', async () => {
    const refusal = await asAda(() => client.call(routes.giveFeedback, { body: { id: uuidv7(), conversation_id: GONE, rating: 5 } })).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'rlhf.conversation.gone', kind: 'not-found', title: 'There is no such conversation' });
  });

  it('does the same request once, replays its answer, and refuses another one under the same key', async () => {
    const body = { id: uuidv7(), conversation_id: uuidv7(), rating: 4 };
    const before = seen.length;
    const first = await asAda(() => client.call(routes.giveFeedback, { body, idempotencyKey: 'k1' }));
    const second = await asAda(() => client.call(routes.giveFeedback, { body, idempotencyKey: 'k1' }));
    expect(second).toEqual(first);
    expect(seen.length).toBe(before + 1);
    const refusal = await asAda(() => client.call(routes.giveFeedback, { body: { ...body, rating: 1 }, idempotencyKey: 'k1' })).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'http.idempotency.key-reused', face: { status: 422 } });
  });

  it('lets a key be used again after a failure', async () => {
    const failing = { body: { id: uuidv7(), conversation_id: GONE, rating: 4 }, idempotencyKey: 'k2' };
    for (const _ of [1, 2]) await expect(asAda(() => client.call(routes.giveFeedback, failing))).rejects.toMatchObject({ code: 'rlhf.conversation.gone' });
  });
});

describe('the door of a service', () => {
  const call = (headers: Record<string, string>) => fetch(`${service.url}/api/v1/feedback`, { headers });
  const signed = (path = '/api/v1/feedback', method = 'GET') => tokens.forCall({ to: 'rlhf', method, path, context: undefined });

  it('stays shut without a token, with one for another path, and with one of another service', async () => {
    expect((await call({})).status).toBe(401);
    expect((await call({ authorization: `Bearer ${await signed('/api/v1/other')}` })).status).toBe(401);
    const memory = new ServiceTokens('memory', new KeyFolder(join(home, 'keys', 'services')));
    const strange = await memory.forCall({ to: 'rlhf', method: 'GET', path: '/api/v1/feedback', context: undefined });
    expect((await call({ authorization: `Bearer ${strange}` })).status).toBe(403);
  });

  it('believes a person only from the gateway, with the permission the route asks for', async () => {
    expect((await call({ authorization: `Bearer ${await signed()}` })).status).toBe(401);
    const memory = new ServiceTokens('memory', new KeyFolder(join(home, 'keys', 'services')));
    const forged = await memory.forPerson({ userId: ADA, sessionId: 's', permissions: ['read:own_data'], tier: 'standard', lifetimeSeconds: 60 });
    expect((await call({ authorization: `Bearer ${await signed()}`, 'x-selfos-user-token': forged })).status).toBe(401);
    await expect(asAda(() => client.call(routes.listFeedback, {}), ['write:own_data'])).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('answers problems as application/problem+json with the trace, and says nothing of the framework', async () => {
    const response = await call({});
    const problem = (await response.json()) as Record<string, unknown>;
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({ status: 401, code: 'http.caller.unauthenticated', error: 'Unauthenticated', instance: '/api/v1/feedback' });
    expect(problem['traceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('x-request-id')).toBeTruthy();
    expect((await fetch(`${service.url}/nowhere`)).status).toBe(404);
  });

  it('tells its health, readiness and metrics', async () => {
    expect(await (await fetch(`${service.url}/health`)).json()).toEqual({ status: 'ok', service: 'rlhf' });
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    expect(await (await fetch(`${service.url}/metrics`)).text()).toContain('http_requests_total{method="GET",endpoint="/api/v1/feedback",status="401",service="rlhf"}');
  });
});

describe('starting', () => {
  it('fails while a route of the service has no handler', async () => {
    @Module({})
    class Empty {}
    await expect(startService({ manifest, config, module: Empty, logger: quiet })).rejects.toThrow(/giveFeedback has no handler.*listFeedback has no handler/s);
  });

  it('closes again what it opened when its port is busy', async () => {
    let closed = 0;
    @Module({ controllers: [FeedbackController] })
    class Opened {
      onApplicationShutdown(): void {
        closed += 1;
      }
    }
    const busy = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: String(service.port) });
    await expect(startService({ manifest, config: busy, module: Opened, logger: quiet })).rejects.toThrow('EADDRINUSE');
    expect(closed).toBe(1);
  });

  it('makes no signing keys of its own in production', async () => {
    const production = loadConfig(commonConfig, { SELFOS_ENV: 'production', SELFOS_HOME: join(home, 'elsewhere'), PORT: '0' });
    await expect(startService({ manifest, config: production, module: FeedbackModule, logger: quiet })).rejects.toThrow('SERVICE_KEYS: is required in production');
  });
});
