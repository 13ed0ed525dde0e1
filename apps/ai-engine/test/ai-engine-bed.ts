import { Controller, Module } from '@nestjs/common';
import { commonConfig, loadConfig } from '@selfos/config';
import { type EnvelopeJson, type Inner, routes, routesOf, type ServiceManifest, type ServiceName } from '@selfos/contracts';
import { KeyFolder, toBase64Url } from '@selfos/crypto';
import { connectEvents } from '@selfos/event-bus';
import { type AnswerOf, Input, type InputOf, InternalClient, Route, type RunningService, ServiceDirectory, ServiceTokens, startService } from '@selfos/http';
import { MovableClock, uuidv7, type Uuid } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { InMemoryKeySource, Sealer } from '@selfos/sealing';
import { databaseFor, type TestDatabase } from '@selfos/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { define } from '../src/index.js';

type Kept = Inner<typeof routes.remember.body>['items'][number];
type Seen = Inner<typeof routes.observeProfile.body>['items'][number];

/** What the stubs of the other services hold. */
interface Others {
  readonly keys: InMemoryKeySource;
  readonly kept: Map<string, { readonly userId: string; readonly item: Kept }>;
  /** While true, memory answers nothing. */
  memoryIsDown: boolean;
  /** What the profile was told, by message and occurrence. */
  readonly seen: Map<string, { readonly userId: string; readonly item: Seen }>;
  /** Whose memories were to be withheld. */
  readonly withheld: Set<string>;
  /** How often memory was told to keep something. */
  remembered: number;
}

function keyServer({ keys }: Others): new () => object {
  @Controller()
  class KeysController {
    @Route(routes.domainKey)
    async give(@Input() { userId, body }: InputOf<typeof routes.domainKey>): Promise<AnswerOf<typeof routes.domainKey>> {
      return { kid: `${body.domain}:${body.epoch}`, epoch: body.epoch, key: toBase64Url(await keys.domainKey({ userId, ...body })) };
    }
  }
  @Module({ controllers: [KeysController] })
  class Keys {}
  return Keys;
}

function memoryServer(others: Others): new () => object {
  @Controller()
  class MemoryController {
    @Route(routes.remember)
    remember(@Input() { userId, body }: InputOf<typeof routes.remember>): AnswerOf<typeof routes.remember> {
      if (others.memoryIsDown) throw new Error('memory is down');
      others.remembered += 1;
      for (const item of body.items) others.kept.set(item.id, { userId, item });
      return { recorded: body.items.map(({ id }) => id), merged: [] };
    }

    @Route(routes.observeProfile)
    observe(@Input() { userId, body }: InputOf<typeof routes.observeProfile>): AnswerOf<typeof routes.observeProfile> {
      for (const item of body.items) others.seen.set(item.id, { userId, item });
      return { version: 1 };
    }

    @Route(routes.readProfile)
    profile(): never {
      throw new Error('nobody has a profile here');
    }

    @Route(routes.withholdMemories)
    withhold(@Input() { userId, body }: InputOf<typeof routes.withholdMemories>): void {
      if (body.withheld) others.withheld.add(userId);
    }

    @Route(routes.recall)
    recall(@Input() { userId, body }: InputOf<typeof routes.recall>): AnswerOf<typeof routes.recall> {
      if (others.memoryIsDown) throw new Error('memory is down');
      const mine = [...others.kept.values()].filter((entry) => entry.userId === userId).slice(-body.k);
      return { items: mine.map(({ item }) => ({ ...item, valid_to: null, created_at: item.valid_from, score: 1 })) };
    }
  }
  @Module({ controllers: [MemoryController] })
  class Memory {}
  return Memory;
}

const stub = (name: ServiceName): ServiceManifest => ({ name, plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] });

/** A started ai-engine on a real database, with a stub of auth and of memory, and callers that are backend and story-engine. */
export class AiEngineBed {
  readonly clock = new MovableClock();
  readonly others: Others = { keys: new InMemoryKeySource(), kept: new Map(), seen: new Map(), withheld: new Set(), memoryIsDown: false, remembered: 0 };
  readonly sealer = new Sealer(this.others.keys, 'edge:1');
  readonly logged: string[] = [];
  private readonly home = mkdtempSync(join(tmpdir(), 'ai-engine-'));
  private readonly directory = new ServiceDirectory();
  private readonly running: RunningService[] = [];
  private readonly clients = new Map<ServiceName, InternalClient>();

  private constructor(readonly database: TestDatabase) {}

  static async start(more: Readonly<Record<string, string>> = {}): Promise<AiEngineBed> {
    const bed = new AiEngineBed(await databaseFor('ai_engine'));
    const env = { SELFOS_HOME: bed.home, DATABASE_URL: bed.database.url, PORT: '0', SHUTDOWN_DRAIN_MS: '1000', LEARNING_WINDOW_SECONDS: '0', ...more };
    const logger = new Logger({ service: 'ai-engine', destination: { write: (line: string) => void bed.logged.push(line) } });
    const shared = { directory: bed.directory, logger, clock: bed.clock };
    const config = loadConfig(commonConfig, env);
    const left = (service: ServiceName, ...served: string[]): string[] => routesOf(service).map(({ name }) => name).filter((name) => !served.includes(name));
    bed.running.push(await startService({ manifest: stub('auth'), config, module: keyServer(bed.others), served: left('auth', 'domainKey'), ...shared }));
    bed.running.push(await startService({ manifest: stub('memory'), config, module: memoryServer(bed.others), served: left('memory', 'remember', 'recall', 'observeProfile', 'readProfile', 'withholdMemories'), ...shared }));
    const engine = await startService({ ...define(env), ...shared });
    if (engine.app.getMicroservices().length === 0) {
      connectEvents(engine.app);
      await engine.app.startAllMicroservices();
    }
    bed.running.push(engine);
    return bed;
  }

  get engine(): RunningService {
    const engine = this.running.at(-1);
    if (engine === undefined) throw new Error('not started');
    return engine;
  }

  async stop(): Promise<void> {
    for (const client of this.clients.values()) await client.close();
    for (const service of [...this.running].reverse()) await service.close();
    await this.database.drop();
    rmSync(this.home, { recursive: true, force: true });
  }

  client(as: ServiceName): InternalClient {
    const known = this.clients.get(as);
    if (known !== undefined) return known;
    const client = new InternalClient({ tokens: this.tokens(as), directory: this.directory, tracer: new Tracer({ service: as }), calls: ['ai-engine'] });
    this.clients.set(as, client);
    return client;
  }

  /** Runs a call as a service that has this person's request in hand. */
  async actingFor<T>(userId: Uuid, work: () => Promise<T>): Promise<T> {
    const permissions = ['read:own_data', 'write:own_data', 'access:ai_features'];
    const userToken = await this.tokens('gateway').forPerson({ userId, sessionId: 's', permissions, tier: 'standard', lifetimeSeconds: 60 });
    return runInContext(rootContext({ kind: 'request', id: 'r' }, { userId, userToken }), work);
  }

  /** Puts a memory where recall finds it. */
  async plant(userId: Uuid, text: string, type: Kept['type'] = 'preference'): Promise<Uuid> {
    const id = uuidv7();
    const sealed: EnvelopeJson = await this.sealer.sealValue(userId, { oid: id, ctx: 'memories.memory.text' }, text);
    const item: Kept = { id, type, text: sealed, source: { kind: 'event', id: uuidv7() }, valid_from: this.clock.now().toISOString() };
    this.others.kept.set(id, { userId, item });
    return id;
  }

  /** What memory was told to keep of this person, opened. */
  async keptOf(userId: Uuid): Promise<{ type: string; text: string; source: Kept['source'] }[]> {
    const mine = [...this.others.kept.values()].filter((entry) => entry.userId === userId);
    return Promise.all(mine.map(async ({ item }) => ({ type: item.type, source: item.source, text: String(await this.sealer.openValue(userId, { oid: item.id, ctx: 'memories.memory.text' }, item.text)) })));
  }

  /** What the profile was told of this person, opened. */
  async seenOf(userId: Uuid): Promise<{ id: string; cues: unknown }[]> {
    const mine = [...this.others.seen.values()].filter((entry) => entry.userId === userId);
    return Promise.all(mine.map(async ({ item: { id, cues } }) => ({ id, cues: await this.sealer.openValue(userId, { oid: id, ctx: 'profile.observation.cues' }, cues) })));
  }

  private tokens(of: ServiceName): ServiceTokens {
    return new ServiceTokens(of, new KeyFolder(join(this.home, 'keys', 'services')));
  }
}
