import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { commonConfig, loadConfig } from '@selfos/config';
import { routes, routesOf, type EnvelopeJson, type ServiceManifest } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { Logger, Tracer, currentContext, rootContext, runInContext, type CallContext } from '@selfos/observability';
import { eventually } from '@selfos/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InternalClient } from '../client/internal-client.js';
import { ServiceDirectory } from '../client/service-directory.js';
import type { InputOf } from '../routing/input.js';
import { RawAnswer } from '../routing/raw-answer.js';
import { Input, Route } from '../routing/route.decorator.js';
import { ServerSentEvents, type SseFrame } from '../streaming/server-sent-events.js';
import { ServiceTokens } from '../tokens/service-tokens.js';
import { startService, type RunningService } from './start-service.js';

/** The message whose reader goes away. */
const LEFT = uuidv7();
const ADA = uuidv7();
const contexts: (CallContext | undefined)[] = [];
const logged: string[] = [];
let aborted = 0;
let release: () => void = () => undefined;

@Controller()
class StoriesController {
  @Route(routes.storyFileBody)
  body(@Input() input: InputOf<typeof routes.storyFileBody>): RawAnswer {
    return new RawAnswer({ status: 206, headers: { 'content-type': 'application/octet-stream', 'content-range': String(input.headers.range) }, body: Buffer.from('abc') });
  }

  @Route(routes.listStories)
  async slow(): Promise<{ items: []; next_cursor: null }> {
    contexts.push(currentContext());
    await new Promise<void>((resolve) => (release = resolve));
    return { items: [], next_cursor: null };
  }
}
@Module({ controllers: [StoriesController] })
class StoriesModule {}

@Controller()
class AnswersController {
  @Route(routes.answerMessage)
  answer(@Input() input: InputOf<typeof routes.answerMessage>): ServerSentEvents {
    return new ServerSentEvents(this.frames(input.body.message_id, input.signal));
  }

  private async *frames(messageId: string, signal: AbortSignal): AsyncGenerator<SseFrame> {
    signal.addEventListener('abort', () => (aborted += 1));
    contexts.push(currentContext());
    yield { event: 'token', data: { text: messageId } };
    contexts.push(currentContext());
    if (messageId === ADA) throw new TypeError('model failed');
    if (messageId !== ADA) yield { event: 'done', data: {} };
    if (messageId === LEFT) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
}
@Module({ controllers: [AnswersController] })
class AnswersModule {}

@Controller()
class MeController {
  @Route(routes.changeMe)
  change(@Input() input: InputOf<typeof routes.changeMe>) {
    const version = input.ifMatch === '*' ? 1 : input.ifMatch;
    return { id: ADA, email: 'ada@example.org', timezone: input.body.timezone, tier: 'standard', created_at: new Date().toISOString(), version: version + 1 };
  }
}
@Module({ controllers: [MeController] })
class AuthModule {}

const home = mkdtempSync(join(tmpdir(), 'http-'));
const config = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: '0', SHUTDOWN_DRAIN_MS: '3000' });
const directory = new ServiceDirectory();
const keys = new KeyFolder(join(home, 'keys', 'services'));
const running: RunningService[] = [];

async function start(name: ServiceManifest['name'], module: new () => unknown, handled: readonly string[]): Promise<void> {
  const manifest: ServiceManifest = { name, plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };
  const served = routesOf(name).map((route) => route.name).filter((route) => !handled.includes(route));
  running.push(await startService({ manifest, config, module, directory, served, logger: new Logger({ service: name, destination: { write: (line) => void logged.push(line) } }) }));
}

const clientOf = (service: 'gateway' | 'backend') => new InternalClient({ tokens: new ServiceTokens(service, keys), directory, tracer: new Tracer({ service }), calls: ['auth', 'ai-engine', 'story-engine'] });
const gateway = clientOf('gateway');
const backend = clientOf('backend');

beforeAll(async () => {
  await start('story-engine', StoriesModule, ['storyFileBody', 'listStories']);
  await start('ai-engine', AnswersModule, ['answerMessage']);
  await start('auth', AuthModule, ['changeMe']);
});
afterAll(async () => {
  await Promise.all([gateway.close(), backend.close()]);
  await Promise.all(running.map((service) => service.close()));
});

async function asAda<T>(work: () => Promise<T>): Promise<T> {
  const person = { userId: ADA, sessionId: 's', permissions: ['read:own_data', 'write:own_data'], tier: 'standard', lifetimeSeconds: 60 };
  return runInContext(rootContext({ kind: 'request', id: 'r' }, { userToken: await new ServiceTokens('gateway', keys).forPerson(person) }), work);
}

const envelope: EnvelopeJson = { v: 1, s: 1, uid: ADA, oid: ADA, ctx: 'conversations.message.text', rev: '1', wid: 'edge:1', r: [{ t: 'd', k: 'k', w: 'AA' }], m: 'AA', n: 'AA', c: 'AA' };
const settings = { privacy_mode: 'off' as const, model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } };
const agenda = { tasks: [], more_tasks: 0, goals: [], more_goals: 0 };
const question = (id: string) => ({
  body: { message_id: id, conversation_id: ADA, reply_id: ADA, message: envelope, timezone: 'Europe/Paris', now: new Date().toISOString(), settings, agenda, history: [] },
});

async function collect(frames: AsyncIterable<SseFrame>): Promise<SseFrame[]> {
  const all: SseFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

describe('acting for a person', () => {
  const job = { kind: 'job', id: 'j1' } as const;

  it('is allowed on an internal route when an event or a job of that person is the cause', async () => {
    await runInContext(rootContext(job, { userId: ADA }), () => collect(backend.stream(routes.answerMessage, question(uuidv7()))));
    expect(contexts.at(-1)).toMatchObject({ userId: ADA, cause: job });
  });

  it('is refused without such a cause, on a personal route, and to services the route does not name', async () => {
    await expect(runInContext(rootContext({ kind: 'system', id: 's' }, { userId: ADA }), () => collect(backend.stream(routes.answerMessage, question(uuidv7()))))).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(runInContext(rootContext(job, { userId: ADA }), () => gateway.call(routes.changeMe, { ifMatch: '*', body: { timezone: 'Europe/Paris' } }))).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(runInContext(rootContext(job, { userId: ADA }), () => collect(gateway.stream(routes.answerMessage, question(uuidv7()))))).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('a stream', () => {
  it('arrives frame by frame, made in the context of the request', async () => {
    const id = uuidv7();
    const frames = await asAda(() => collect(backend.stream(routes.answerMessage, question(id))));
    expect(frames).toEqual([{ event: 'token', data: { text: id } }, { event: 'done', data: {} }]);
    expect(contexts.slice(-2).map((context) => context?.userId)).toEqual([ADA, ADA]);
  });

  it('ends with a problem when its making fails, without the reason', async () => {
    const frames = await asAda(() => collect(backend.stream(routes.answerMessage, question(ADA))));
    expect(frames.at(-1)).toMatchObject({ event: 'error', data: { status: 500, code: 'http.service.failure' } });
    expect(JSON.stringify(frames)).not.toContain('model failed');
    const { trace_id: traceId } = JSON.parse(logged.findLast((line) => line.includes('a request failed')) ?? '{}') as { trace_id?: string };
    expect(frames.at(-1)?.data).toMatchObject({ traceId });
  });

  it('tells its handler when the client goes away', async () => {
    const frames = await asAda(async () => backend.stream(routes.answerMessage, question(LEFT)));
    await frames.next();
    await frames.return();
    await eventually(() => expect(aborted).toBeGreaterThan(0));
  });
});

describe('bytes', () => {
  it('come with their own status and headers', async () => {
    const answer = await runInContext(rootContext({ kind: 'job', id: 'j' }, { userId: ADA }), () => gateway.bytes(routes.storyFileBody, { params: { id: ADA, name: 'video' }, range: 'bytes=0-2' }));
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe('bytes=0-2');
    expect((await answer.body.toArray()).join('')).toBe('abc');
  });
});

describe('conditions', () => {
  it('need If-Match, hand its version to the handler, and give the new one as ETag', async () => {
    const body = { timezone: 'Europe/Paris' };
    await expect(asAda(() => gateway.call(routes.changeMe, { body }))).rejects.toMatchObject({ code: 'http.precondition.required', face: { status: 428 } });
    expect(await asAda(() => gateway.call(routes.changeMe, { body, ifMatch: 4 }))).toMatchObject({ version: 5 });
  });
});

describe('a body', () => {
  const post = async (body: string, type = 'application/json') => {
    const token = await new ServiceTokens('gateway', keys).forCall({ to: 'auth', method: 'PATCH', path: '/api/v1/me', context: undefined });
    return fetch(`${directory.originOf('auth')}/api/v1/me`, { method: 'PATCH', body, headers: { authorization: `Bearer ${token}`, 'content-type': type } });
  };

  it('that is not JSON, too large or of another type is a problem with its own status', async () => {
    expect(await (await post('{"timezone":')).json()).toMatchObject({ status: 400, code: 'http.body.malformed', error: 'Invalid input' });
    expect((await post(`"${'x'.repeat(9_000_000)}"`)).status).toBe(413);
    expect((await post('<x/>', 'application/xml')).status).toBe(415);
  });
});

describe('stopping', () => {
  it('lets a running request end, and answers no new one', async () => {
    const before = contexts.length;
    const answer = asAda(() => gateway.call(routes.listStories, {}));
    while (contexts.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = running[0]?.close();
    await eventually(() => expect(fetch(`${running[0]?.url}/ready`)).rejects.toThrow());
    release();
    expect(await answer).toEqual({ items: [], next_cursor: null });
    await closed;
  });
});
