import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { cloudEventSchema, eventDefinition, routes } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { EventBus } from '@selfos/event-bus';
import { InternalClient, ServiceDirectory, ServiceTokens, startService, type RunningService, type SseFrame } from '@selfos/http';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { WorkerDatabase } from '@selfos/persistence';
import { databaseFor, type TestDatabase } from '@selfos/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Saying } from '../src/conversations/domain/conversation/conversation.js';
import { BackendModule } from '../src/backend.module.js';
import { configSchema, manifest } from '../src/index.js';
import { anEnvelope, BOB } from './builders.js';
import { StubAiEngine } from './stub-ai-engine.js';

export const PARIS = 'Europe/Paris';
const MORNING = Date.parse('2026-11-23T05:00:00Z');
const PERMISSIONS = ['read:own_data', 'write:own_data', 'delete:own_data', 'access:ai_features'] as const;

/** A started backend with a stub for ai-engine, as the gateway sees it. */
export class BackendUnderTest {
  readonly clock = new MovableClock();
  readonly engine = new StubAiEngine();
  client!: InternalClient;
  private readonly home = mkdtempSync(join(tmpdir(), 'backend-'));
  private readonly directory = new ServiceDirectory();
  private readonly tokens = new ServiceTokens('gateway', new KeyFolder(join(this.home, 'keys', 'services')));
  private readonly services: RunningService[] = [];
  private database: TestDatabase | undefined;
  private mongoUrl: string | undefined;

  async start(mongoUrl?: string): Promise<void> {
    this.mongoUrl = mongoUrl;
    this.dawn();
    this.database = await databaseFor('backend_app');
    this.directory.set('ai-engine', await this.engine.start());
    await this.launch();
    this.client = new InternalClient({ tokens: this.tokens, directory: this.directory, tracer: new Tracer({ service: 'gateway' }), calls: ['backend'] });
    await this.knows(BOB, 'Asia/Tokyo');
  }

  /** Each test begins at six in the morning in Paris, with an engine that works and proposes nothing. */
  dawn(): void {
    this.clock.freeze(MORNING);
    this.engine.failure = 'none';
    this.engine.propose = () => [];
    this.engine.more = {};
    this.engine.hold = undefined;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await Promise.all(this.services.map((service) => service.close()));
    await this.engine.stop();
    await this.database?.drop();
  }

  /** Another replica, which gets all calls from now on. */
  async launch(env: Record<string, string> = {}): Promise<void> {
    const config = loadConfig(configSchema, { SELFOS_HOME: this.home, PORT: '0', DATABASE_URL: this.database?.url, ...(this.mongoUrl === undefined ? {} : { MONGODB_URL: this.mongoUrl }), ...env });
    const { clock, directory } = this;
    this.services.push(await startService({ manifest, config, module: BackendModule.with(config), clock, directory, logger: new Logger({ service: 'backend', level: 'CRITICAL' }) }));
  }

  /** Only the first replica is left. */
  async retire(): Promise<void> {
    while (this.services.length > 1) await this.services.pop()?.close();
    this.directory.set('backend', this.first.url);
  }

  async knows(userId: string, timezone = PARIS): Promise<void> {
    const event = {
      specversion: '1.0', id: uuidv7(), source: '/auth', type: 'user.registered', time: this.clock.now().toISOString(), datacontenttype: 'application/json', userid: userId, aggregateid: userId,
      seq: 1, dataversion: 1, data: { user_id: userId, timezone },
    };
    await this.first.app.get(EventBus).publish([event]);
  }

  async someone(): Promise<string> {
    const id = uuidv7();
    await this.knows(id);
    return id;
  }

  async as<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const userToken = await this.tokens.forPerson({ userId, sessionId: 's', permissions: PERMISSIONS, tier: 'standard', lifetimeSeconds: 60 });
    return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId, userToken }), work);
  }

  async frames(userId: string, body: ReturnType<typeof aSaying>, idempotencyKey?: string): Promise<SseFrame[]> {
    return this.as(userId, async () => {
      const seen: SseFrame[] = [];
      for await (const frame of this.client.stream(routes.converse, { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })) seen.push(frame);
      return seen;
    });
  }

  /** The types of a person's events in order; each fits its catalogue entry. */
  async told(userId: string): Promise<string[]> {
    const rows = await this.first.app.get(WorkerDatabase).query<{ type: string; payload: object; seq: string }[]>('SELECT type, payload, seq FROM outbox WHERE user_id = $1 ORDER BY seq', [userId]);
    for (const { type, payload, seq } of rows) {
      const event = cloudEventSchema.parse({ ...payload, seq: Number(seq) });
      expect(eventDefinition(type)?.data.inner.safeParse(event.data).error).toBeUndefined();
    }
    return rows.map(({ type }) => type);
  }

  private get first(): RunningService {
    const [service] = this.services;
    if (service === undefined) throw new Error('The backend is not started');
    return service;
  }
}

export function aSaying(more: Partial<Omit<Saying, 'message_id'>> = {}): Saying & { message_id: string } {
  const id = uuidv7();
  return { message_id: id, message: anEnvelope('conversations.message.text', id), context: anEnvelope('conversations.message.context', id), apply: true, ...more };
}

/** Starts a backend for the surrounding block. */
export function useBackend(mongoUrl: () => Promise<string | undefined> = () => Promise.resolve(undefined)): BackendUnderTest {
  const backend = new BackendUnderTest();
  beforeAll(async () => backend.start(await mongoUrl()), 60_000);
  beforeEach(() => backend.dawn());
  afterAll(() => backend.stop(), 30_000);
  return backend;
}
