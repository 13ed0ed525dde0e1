import { Controller, Module } from '@nestjs/common';
import { commonConfig, loadConfig } from '@selfos/config';
import { type Contract, type EnvelopeJson, type EventDefinition, type Inner, type InnerInput, type Plain, type ProfileCue, routes, routesOf, type ServiceManifest } from '@selfos/contracts';
import { KeyFolder, toBase64Url } from '@selfos/crypto';
import { connectEvents, EventBus } from '@selfos/event-bus';
import { type AnswerOf, Input, type InputOf, InternalClient, Route, type RunningService, ServiceDirectory, ServiceTokens, startService } from '@selfos/http';
import { MovableClock, uuidv7, type Uuid } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { InMemoryKeySource, Sealer } from '@selfos/sealing';
import { databaseFor, type TestDatabase } from '@selfos/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { define } from '../src/index.js';
import type { MemoryType } from '../src/domain/memory/memory.js';

/** The bit of auth that memory needs: it hands out keys. */
function keyServer(keys: InMemoryKeySource): new () => object {
  @Controller()
  class KeysController {
    @Route(routes.domainKey)
    async give(@Input() { userId, body }: InputOf<typeof routes.domainKey>): Promise<AnswerOf<typeof routes.domainKey>> {
      const key = toBase64Url(await keys.domainKey({ userId, ...body }));
      return { kid: `${body.domain}:${body.epoch}`, epoch: body.epoch, key };
    }
  }
  @Module({ controllers: [KeysController] })
  class Keys {}
  return Keys;
}

const auth: ServiceManifest = { name: 'auth', plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };

/** A started memory service on a real database, and a person who speaks to it as ai-engine or through the gateway. */
export class MemoryBed {
  readonly clock = new MovableClock();
  private readonly keys = new InMemoryKeySource();
  private readonly sealer = new Sealer(this.keys, 'ai:1');
  private readonly home = mkdtempSync(join(tmpdir(), 'memory-'));
  private readonly running: RunningService[] = [];
  private readonly clients: InternalClient[] = [];
  private readonly directory = new ServiceDirectory();
  private readonly quiet = new Logger({ service: 'memory', destination: { write: () => undefined } });
  readonly database: TestDatabase;

  private constructor(database: TestDatabase) {
    this.database = database;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<MemoryBed> {
    const bed = new MemoryBed(await databaseFor('memory'));
    const env = { SELFOS_HOME: bed.home, DATABASE_URL: bed.database.url, PORT: '0', SHUTDOWN_DRAIN_MS: '1000', ...settings };
    const served = routesOf('auth').map(({ name }) => name).filter((name) => name !== 'domainKey');
    const shared = { directory: bed.directory, logger: bed.quiet, clock: bed.clock };
    bed.running.push(await startService({ manifest: auth, config: loadConfig(commonConfig, env), module: keyServer(bed.keys), served, ...shared }));
    const memory = await startService({ ...define(env), ...shared });
    bed.running.push(memory);
    if (memory.app.getMicroservices().length === 0) {
      connectEvents(memory.app);
      await memory.app.startAllMicroservices();
    }
    return bed;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) await client.close();
    for (const service of [...this.running].reverse()) await service.close();
    await this.database.drop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Tells of something that happened to a person, as the one who publishes it would. */
  async happens<T extends string, C extends Contract>(definition: EventDefinition<T, C>, about: { readonly userId: Uuid; readonly id: Uuid; readonly seq?: number }, data: InnerInput<C>): Promise<void> {
    const event = {
      specversion: '1.0' as const, id: uuidv7(), source: `/${definition.publisher}`, type: definition.type, time: this.clock.now().toISOString(), datacontenttype: 'application/json' as const,
      userid: about.userId, aggregateid: about.id, seq: about.seq ?? 1, dataversion: definition.version, data: data as Record<string, unknown>,
    };
    await this.running.at(-1)?.app.get(EventBus).publish([event]);
  }

  person(userId: Uuid = uuidv7()): Person {
    return new Person(userId, this);
  }

  client(as: 'gateway' | 'ai-engine'): InternalClient {
    const client = new InternalClient({ tokens: this.tokens(as), directory: this.directory, tracer: new Tracer({ service: as }), calls: ['memory'] });
    this.clients.push(client);
    return client;
  }

  tokens(of: 'gateway' | 'ai-engine'): ServiceTokens {
    return new ServiceTokens(of, new KeyFolder(join(this.home, 'keys', 'services')));
  }

  seal(userId: Uuid, place: { readonly oid: Uuid; readonly ctx: string }, text: string): Promise<EnvelopeJson> {
    return this.sealer.sealValue(userId, place, text);
  }

  sealBody<C extends Contract>(contract: C, userId: Uuid, body: Plain<C>): Promise<InnerInput<C>> {
    return this.sealer.seal(contract, userId, body);
  }

  openBody<C extends Contract>(contract: C, userId: Uuid, body: Inner<C>): Promise<Plain<C>> {
    return this.sealer.open(contract, userId, body);
  }

  async open(userId: Uuid, id: Uuid, envelope: unknown): Promise<string> {
    return String(await this.sealer.openValue(userId, { oid: id, ctx: 'memories.memory.text' }, envelope));
  }
}

export interface Saying {
  readonly id?: Uuid;
  readonly type?: MemoryType;
  readonly text: string;
  readonly at?: string;
}

/** Somebody with memories. */
export class Person {
  private readonly edge: InternalClient;
  private readonly engine: InternalClient;

  constructor(
    readonly id: Uuid,
    private readonly bed: MemoryBed,
  ) {
    this.edge = bed.client('gateway');
    this.engine = bed.client('ai-engine');
  }

  async remember(...sayings: readonly Saying[]): Promise<AnswerOf<typeof routes.remember>> {
    return this.rememberRaw(await Promise.all(sayings.map((saying) => this.draft(saying))));
  }

  rememberRaw(items: InnerInput<typeof routes.remember.body>['items']): Promise<AnswerOf<typeof routes.remember>> {
    return this.asSelf(() => this.engine.call(routes.remember, { body: { items } }));
  }

  async recall(question: string, k = 10, period?: { readonly from: string; readonly to: string }): Promise<string[]> {
    const query_id = uuidv7();
    const query = await this.bed.seal(this.id, { oid: query_id, ctx: 'memories.query.text' }, question);
    const { items } = await this.asSelf(() => this.engine.call(routes.recall, { body: { query_id, query, k, ...(period === undefined ? {} : { period }) } }));
    return Promise.all(items.map(({ id, text }) => this.bed.open(this.id, id, text)));
  }

  list(query: { limit?: number; cursor?: string; type?: MemoryType } = {}): Promise<AnswerOf<typeof routes.listMemories>> {
    return this.asSelf(() => this.edge.call(routes.listMemories, { query }));
  }

  async texts(query: { limit?: number; cursor?: string; type?: MemoryType } = {}): Promise<string[]> {
    const { items } = await this.list(query);
    return Promise.all(items.map(({ id, text }) => this.bed.open(this.id, id, text)));
  }

  async forget(id: Uuid): Promise<void> {
    await this.asSelf(() => this.edge.call(routes.forgetMemory, { params: { id } }));
  }

  forgetAll(): Promise<unknown> {
    return this.asSelf(() => this.edge.call(routes.forgetAllMemories, {}));
  }

  async correct(id: Uuid, { text, type }: { readonly text?: string; readonly type?: MemoryType }): Promise<unknown> {
    const sealed = text === undefined ? {} : { text: await this.bed.seal(this.id, { oid: id, ctx: 'memories.memory.text' }, text) };
    return this.asSelf(() => this.edge.call(routes.correctMemory, { params: { id }, body: { ...sealed, ...(type === undefined ? {} : { type }) } }));
  }

  /** As ai-engine tells it before the person is told that it holds. */
  async withhold(withheld: boolean, version: number): Promise<void> {
    await this.asSelf(() => this.engine.call(routes.withholdMemories, { body: { withheld, version } }));
  }

  pause(paused: boolean): Promise<unknown> {
    return this.asSelf(() => this.edge.call(routes.changeMemorySettings, { body: { paused } }));
  }

  /** What was seen, as ai-engine tells it. */
  async observe(...seen: readonly { readonly cues: readonly ProfileCue[]; readonly id?: Uuid; readonly seq?: number; readonly at?: string }[]): Promise<void> {
    const items = seen.map(({ cues, id = uuidv7(), seq = 1, at = this.bed.clock.now().toISOString() }) => ({ id, seq, at, cues: [...cues] }));
    const body = await this.bed.sealBody(routes.observeProfile.body, this.id, { items });
    await this.asSelf(() => this.engine.call(routes.observeProfile, { body, idempotent: true }));
  }

  async profile(as: 'edge' | 'engine' = 'edge'): Promise<Plain<typeof routes.getProfile.response>> {
    const found = await this.asSelf(() => (as === 'edge' ? this.edge.call(routes.getProfile, {}) : this.engine.call(routes.readProfile, {})));
    return this.bed.openBody(routes.getProfile.response, this.id, found);
  }

  async changeProfile(changes: Plain<typeof routes.changeProfile.body>, ifMatch: number | '*' = '*'): Promise<Plain<typeof routes.getProfile.response>> {
    const body = await this.bed.sealBody(routes.changeProfile.body, this.id, changes);
    return this.bed.openBody(routes.changeProfile.response, this.id, await this.asSelf(() => this.edge.call(routes.changeProfile, { ifMatch, body })));
  }

  async resetProfile(): Promise<void> {
    await this.asSelf(() => this.edge.call(routes.resetProfile, {}));
  }

  private async draft({ id = uuidv7(), type = 'preference', text, at = this.bed.clock.now().toISOString() }: Saying) {
    const source = { kind: 'message', id: uuidv7(), start: 0, end: text.length } as const;
    return { id, type, source, text: await this.bed.seal(this.id, { oid: id, ctx: 'memories.memory.text' }, text), valid_from: at };
  }

  private async asSelf<T>(work: () => Promise<T>): Promise<T> {
    const permissions = ['read:own_data', 'write:own_data', 'delete:own_data', 'access:ai_features'];
    const userToken = await this.bed.tokens('gateway').forPerson({ userId: this.id, sessionId: 's', permissions, tier: 'standard', lifetimeSeconds: 60 });
    return runInContext(rootContext({ kind: 'request', id: 'r' }, { userId: this.id, userToken }), work);
  }
}
