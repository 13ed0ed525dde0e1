import { Controller, Module, type DynamicModule, Inject } from '@nestjs/common';
import { commonConfig, loadConfig } from '@selfos/config';
import { type Contract, type EventDefinition, type InnerInput, type Route as RouteDefinition, routes, routesOf, type SealedCopyJson, type ServiceManifest, type StoryScript } from '@selfos/contracts';
import { KeyFolder, toBase64Url } from '@selfos/crypto';
import { EventBus } from '@selfos/event-bus';
import { type AnswerOf, Input, type InputOf, InternalClient, Route, type RunningService, ServiceDirectory, ServiceTokens, startService } from '@selfos/http';
import { uuidv7 } from '@selfos/kernel';
import { currentContext, Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { InMemoryKeySource, Sealer } from '@selfos/sealing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that the story service talks to, small enough to be read: keys, a writer of narratives, a person's requests. */
export interface World {
  readonly home: string;
  readonly directory: ServiceDirectory;
  /** Seals and opens as the edge does. */
  readonly sealer: Sealer;
  readonly client: InternalClient;
  /** What was asked of the stubs. */
  readonly asked: { readonly domains: string[]; narratives: number };
  /** The script that the writer answers with; may be changed. */
  script: (evidence: readonly string[]) => StoryScript;
  as<T>(userId: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function quietLogger(service: string, lines: string[] = []): Logger {
  return new Logger({ service, destination: { write: (line: string) => void lines.push(line) } });
}

/** A short script over whatever evidence there is. */
export function shortScript(evidence: readonly string[]): StoryScript {
  const scene = { label: 'Your week', footnote: null, figure: null, figure_unit: null, days: null, duration_seconds: 1, evidence_ids: [...evidence] };
  return {
    title: 'Your week',
    caption: 'One week.',
    scenes: [
      { ...scene, kind: 'paper', life_area: 'health', sentence: 'You ran twice.' },
      { ...scene, kind: 'night', life_area: 'career', sentence: 'Most on Thursday.', figure: '75', figure_unit: 'minutes', days: [0, 30, 0, 45, 0, 0, 0] },
    ],
  };
}

export async function makeWorld(): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'story-world-'));
  const directory = new ServiceDirectory();
  const keys = new InMemoryKeySource();
  const sealer = new Sealer(keys, 'ai:1');
  const asked = { domains: [] as string[], narratives: 0 };
  const tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
  const client = new InternalClient({ tokens, directory, tracer: new Tracer({ service: 'gateway' }), calls: ['story-engine'] });
  const world = { home, directory, sealer, client, asked, script: shortScript };
  const stubs = [await startStub('auth', authStub(keys, asked), world), await startStub('ai-engine', writerStub(world), world)];
  return Object.assign(world, {
    as: async <T>(userId: string, work: () => Promise<T>): Promise<T> => {
      const userToken = await tokens.forPerson({ userId, sessionId: 's', permissions: ['read:own_data', 'write:own_data', 'access:ai_features'], tier: 'standard', lifetimeSeconds: 60 });
      return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId, userToken }), work);
    },
    close: async () => {
      await client.close();
      await Promise.all(stubs.map((stub) => stub.close()));
    },
  });
}

/** A sealed title as another service's event carries it. */
export async function titleOf(world: Pick<World, 'sealer'>, userId: string, place: { oid: string; ctx: string; words: string }): Promise<SealedCopyJson> {
  return { oid: place.oid, ctx: place.ctx, envelope: await world.sealer.sealValue(userId, place, place.words) };
}

let sequence = 0;

/** Publishes what another service would; its number is higher than every one before it. */
export async function happens<T extends string, C extends Contract>(service: RunningService, definition: EventDefinition<T, C>, happening: { userId: string; aggregateId: string; data: InnerInput<C>; seq?: number; time: Date }): Promise<void> {
  sequence += 1;
  const event = {
    specversion: '1.0', id: uuidv7(), source: `/${definition.publisher}`, type: definition.type, time: happening.time.toISOString(), datacontenttype: 'application/json',
    userid: happening.userId, aggregateid: happening.aggregateId, seq: happening.seq ?? sequence, dataversion: definition.version, data: happening.data,
  };
  await service.app.get(EventBus).publish([event]);
}

async function startStub(name: 'auth' | 'ai-engine', module: DynamicModule, world: Pick<World, 'home' | 'directory'>): Promise<RunningService> {
  const manifest: ServiceManifest = { name, plane: 'ai', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };
  const config = loadConfig(commonConfig, { SELFOS_HOME: world.home, PORT: '0', SHUTDOWN_DRAIN_MS: '500' });
  const served = routesOf(name).map((route: RouteDefinition) => route.name);
  return startService({ manifest, config, module, directory: world.directory, logger: quietLogger(name), served });
}

function authStub(keys: InMemoryKeySource, asked: World['asked']): DynamicModule {
  @Controller()
  class KeysController {
    @Route(routes.domainKey)
    async key(@Input() input: InputOf<typeof routes.domainKey>): Promise<AnswerOf<typeof routes.domainKey>> {
      asked.domains.push(input.body.domain);
      const key = await keys.domainKey({ userId: currentContext()?.userId ?? '', domain: input.body.domain, epoch: input.body.epoch });
      return { ...input.body, kid: `${input.body.domain}:${input.body.epoch}`, key: toBase64Url(key) };
    }
  }
  @Module({ controllers: [KeysController] })
  class AuthStub {}
  return { module: AuthStub };
}

const WORLD = Symbol('world');

function writerStub(world: Pick<World, 'sealer' | 'asked' | 'script'>): DynamicModule {
  @Controller()
  class WriterController {
    constructor(@Inject(WORLD) private readonly world: Pick<World, 'sealer' | 'asked' | 'script'>) {}

    @Route(routes.writeNarrative)
    async write(@Input() input: InputOf<typeof routes.writeNarrative>): Promise<AnswerOf<typeof routes.writeNarrative>> {
      this.world.asked.narratives += 1;
      const { userId } = input;
      const plain = await this.world.sealer.open(routes.writeNarrative.body, userId, input.body);
      const titles = plain.evidence.map((one) => one.title);
      const told = {
        story_id: plain.story_id, title: 'Your week', narrative: { title: 'Your week', sentences: [] }, script: this.world.script(plain.evidence.map((one) => one.id)),
        blog_markdown: `# Your week\n\n${titles.join(', ')}.`, note_markdown: `---\nstart: ${plain.start_date}\n---\n${titles.join('\n')}`, model: 'stub',
      };
      return (await this.world.sealer.seal(routes.writeNarrative.response, userId, told)) as AnswerOf<typeof routes.writeNarrative>;
    }
  }
  @Module({ controllers: [WriterController], providers: [{ provide: WORLD, useValue: world }] })
  class WriterStub {}
  return { module: WriterStub };
}
