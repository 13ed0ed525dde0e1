import { Controller, Module, type Type } from '@nestjs/common';
import { commonConfig, loadConfig, type Environment } from '@selfos/config';
import { routes, routesOf, type EnvelopeJson, type ServiceManifest, type ServiceName } from '@selfos/contracts';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_TYPE, jwksOf, newSigningKey, signToken, toBase64Url, type SigningJwk } from '@selfos/crypto';
import { Input, RawAnswer, RequestOnce, Route, ServerSentEvents, ServiceDirectory, startService, type AnswerOf, type InputOf, type RunningService, type SseFrame } from '@selfos/http';
import { defineError, uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { InMemoryKeySource, Sealer, TurnWriter } from '@selfos/sealing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineGateway } from '../src/define-gateway.js';

export const PUBLIC_URL = 'http://selfos.test';
export const FILM = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

class TaskExists extends defineError('tasks.task.exists', 'conflict', 'There is a task with this id already') {}

/** What the services behind the gateway saw and keep; shared by the fakes of one test. */
export class World {
  readonly keys = new InMemoryKeySource();
  readonly ai = new Sealer(this.keys, 'ai:1');
  readonly seen: { route: string; body: unknown; headers: Record<string, unknown> }[] = [];
  readonly tasks = new Map<string, Record<string, unknown>>();
  readonly story = uuidv7();
  header: EnvelopeJson | undefined;
  film = Buffer.alloc(0);
  ranges: (string | undefined)[] = [];
  signing!: SigningJwk;
  /** The words of live answers, and how many of them are said before the service breaks off, the first time. */
  words = ['Let', 'us', 'walk'];
  whole = 'Let us walk';
  breaksOffAfter: number | undefined;
  /** Waited for before each word. */
  pace: () => Promise<void> = () => Promise.resolve();
  /** Keeps live answers open until it settles. */
  hold: Promise<void> | undefined;
  /** What becomes of requests for a file's bytes instead of an answer. */
  fileTrouble: (() => Promise<never>) | undefined;

  constructor(readonly original: Buffer = FILM) {}

  async prepare(ada: string): Promise<void> {
    this.signing = await newSigningKey();
    const sealer = await this.ai.blobSealer(ada, { oid: this.story, ctx: 'stories.file.header' }, 'video/mp4');
    const parts: Uint8Array[] = [];
    for await (const part of sealer.seal([this.original])) parts.push(part);
    this.film = Buffer.concat(parts);
    this.header = (await sealer.header()) as unknown as EnvelopeJson;
  }

  async accessToken(userId: string, permissions = 'read:own_data write:own_data delete:own_data access:ai_features export:stories', lifetimeSeconds = 3_600): Promise<string> {
    return signToken(this.signing, { typ: ACCESS_TOKEN_TYPE, issuer: PUBLIC_URL, audience: ACCESS_TOKEN_AUDIENCE, subject: userId, lifetimeSeconds, claims: { sid: uuidv7(), tier: 'standard', scope: permissions } });
  }
}

function authOf(world: World): Type {
  @Controller()
  class AuthController {
    @Route(routes.jwks)
    jwks(): unknown {
      return jwksOf(world.signing);
    }

    @Route(routes.domainKey)
    async key(@Input() { body, userId }: InputOf<typeof routes.domainKey>): Promise<AnswerOf<typeof routes.domainKey>> {
      const key = await world.keys.domainKey({ userId, domain: body.domain, epoch: body.epoch });
      return { kid: `${body.domain}:${body.epoch}`, epoch: body.epoch, key: toBase64Url(key) };
    }

    @Route(routes.register)
    register(@Input() { body, headers }: InputOf<typeof routes.register>): AnswerOf<typeof routes.register> {
      world.seen.push({ route: 'register', body, headers });
      return { id: uuidv7(), email: body.email, timezone: body.timezone, tier: 'standard', created_at: new Date().toISOString(), version: 1 };
    }
  }
  return moduleOf(AuthController);
}

function backendOf(world: World): Type {
  @Controller()
  class TasksController {
    constructor(private readonly once: RequestOnce) {}

    @Route(routes.createTask)
    create(@Input() { body, headers }: InputOf<typeof routes.createTask>): AnswerOf<typeof routes.createTask> {
      world.seen.push({ route: 'createTask', body, headers });
      if (world.tasks.has(String(body.id))) throw new TaskExists();
      const now = new Date().toISOString();
      const more = { description: body.description ?? null, start_date: body.start_date ?? '2026-01-01', timezone: body.timezone ?? 'Europe/Paris' };
      const task = { ...body, ...more, status: 'open', recurrence: null, plan_id: null, created_at: now, updated_at: now, version: 1 };
      world.tasks.set(String(body.id), task);
      return task as never;
    }

    @Route(routes.getTask)
    get(@Input() { params }: InputOf<typeof routes.getTask>): AnswerOf<typeof routes.getTask> {
      return world.tasks.get(params.id) as never;
    }

    @Route(routes.listConversations)
    list(): AnswerOf<typeof routes.listConversations> {
      return { items: [], next_cursor: null };
    }

    @Route(routes.converse)
    converse(@Input() { userId, body, headers }: InputOf<typeof routes.converse>): ServerSentEvents {
      world.seen.push({ route: 'converse', body, headers });
      return new ServerSentEvents(this.answer(userId));
    }

    private async *answer(userId: string): AsyncGenerator<SseFrame> {
      const turnId = uuidv7();
      const writer = await TurnWriter.start(world.ai, { userId, turnId });
      yield { event: 'key', data: writer.opening };
      if (world.hold !== undefined) await world.hold;
      const broken = world.breaksOffAfter;
      world.breaksOffAfter = undefined;
      for (const word of world.words.slice(0, broken)) {
        await world.pace();
        yield { event: 'token', data: await writer.seal({ text: word }) };
      }
      if (broken !== undefined) return;
      const ids = { conversation_id: uuidv7(), reply_id: uuidv7() };
      const whole = await world.ai.seal(routes.converse.response, userId, { ...ids, ai_response: world.whole, created_tasks: [], media_suggestions: [], plan: null, memories_used: [], model: 'test', answered_by: { model: 'test', strategy: 'offline', fallback: null }, truncated: false });
      await this.once.completeOwn({ status: 201, body: whole });
      yield { event: 'done', data: whole };
    }
  }
  return moduleOf(TasksController);
}

function storiesOf(world: World): Type {
  @Controller()
  class StoriesController {
    @Route(routes.getStory)
    async get(@Input() { userId }: InputOf<typeof routes.getStory>): Promise<AnswerOf<typeof routes.getStory>> {
      const file = (name: string): string => `/api/v1/stories/${world.story}/files/${name}`;
      const story = {
        id: world.story, period: 'week', start_date: '2026-01-01', end_date: '2026-01-07', timezone: 'Europe/Paris', status: 'generated', state: 'done', title: 'A week',
        video_url: file('video'), instagram_url: null, tiktok_url: null, blog_post: null, obsidian_note: null, failure: null, created_at: new Date().toISOString(), generated_at: null,
      } as const;
      return (await world.ai.seal(routes.getStory.response, userId, story)) as never;
    }

    @Route(routes.storyFileHeader)
    header(): AnswerOf<typeof routes.storyFileHeader> {
      return { id: world.story, header: world.header as EnvelopeJson, ciphertext_bytes: world.film.length };
    }

    @Route(routes.storyFileBody)
    async body(@Input() { headers }: InputOf<typeof routes.storyFileBody>): Promise<RawAnswer> {
      if (world.fileTrouble !== undefined) await world.fileTrouble();
      world.ranges.push(headers.range);
      const [start = 0, end = 0] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? '')?.slice(1).map(Number) ?? [];
      return new RawAnswer({ status: 206, headers: { 'content-type': 'application/octet-stream' }, body: world.film.subarray(start, end + 1) });
    }
  }
  return moduleOf(StoriesController);
}

function moduleOf(controller: Type): Type {
  @Module({ controllers: [controller] })
  class Upstream {}
  return Upstream;
}

export interface RunningWorld {
  readonly gateway: RunningService;
  /** One more gateway before the same services. */
  another(): Promise<RunningService>;
  stop(): Promise<void>;
}

/** A gateway with real services behind it, on real sockets; only what the services do is made up. */
export async function startWorld(world: World, env: Environment = {}): Promise<RunningWorld> {
  const home = mkdtempSync(join(tmpdir(), 'gateway-'));
  const directory = new ServiceDirectory();
  const all = { SELFOS_HOME: home, PORT: '0', PUBLIC_URL, SHUTDOWN_DRAIN_MS: '500', ...env };
  const logger = new Logger({ service: 'test', destination: { write: () => undefined } });
  const upstreams: readonly (readonly [ServiceName, Type, readonly string[]])[] = [
    ['auth', authOf(world), ['jwks', 'domainKey', 'register']],
    ['backend', backendOf(world), ['createTask', 'getTask', 'listConversations', 'converse']],
    ['story-engine', storiesOf(world), ['getStory', 'storyFileHeader', 'storyFileBody']],
  ];
  const running: RunningService[] = [];
  for (const [name, module, handled] of upstreams) {
    const manifest: ServiceManifest = { name, plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };
    const served = routesOf(name).map((route) => route.name).filter((route) => !handled.includes(route));
    running.push(await startService({ manifest, module, config: loadConfig(commonConfig, all), directory, served, logger }));
  }
  const gateway = await startService({ ...defineGateway(all), directory, logger });
  return {
    gateway,
    another: async () => {
      const one = await startService({ ...defineGateway(all), directory, logger });
      running.unshift(one);
      return one;
    },
    stop: async () => {
      await gateway.close();
      await Promise.all(running.map((service) => service.close()));
    },
  };
}
