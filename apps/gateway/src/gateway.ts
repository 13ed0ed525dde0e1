import { routes } from '@selfos/contracts';
import { answerProblem, type CoreParts } from '@selfos/http';
import { CachedKeySource, HttpKeySource, Sealer } from '@selfos/sealing';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Redis } from 'ioredis';
import { AccessTokens } from './access/access-tokens.js';
import { ActiveUsers } from './access/active-users.js';
import { People } from './access/people.js';
import { SignInLimits } from './access/sign-in-limits.js';
import { applyBrowserRules } from './browser/browser-rules.js';
import { openApiDocument } from './docs/openapi.js';
import { serveDocs } from './docs/docs-site.js';
import { EdgeWay } from './edge/edge-way.js';
import { GuardWay } from './edge/guard-way.js';
import { FileLinks } from './files/file-links.js';
import { StoryFiles } from './files/story-files.js';
import { handling, type Passage } from './forward/handling.js';
import { LiveAnswers } from './forward/live-answers.js';
import { PassThrough } from './forward/pass-through.js';
import { forwardedRoutes, wayOf, type Way } from './forward/public-routes.js';
import type { GatewayConfig } from './gateway.config.js';
import { showMetrics } from './metrics-port.js';
import { watchUpstreams } from './upstreams.js';

const WRITER = 'edge:1';
/** Longer than this nobody waits to be counted: then this gateway counts for itself. */
const REDIS_MS = 250;

/** Puts the public surface onto the bare server: one handler per route of the contracts, and what only the edge has. */
export async function openSurface(server: FastifyInstance, parts: CoreParts, config: GatewayConfig): Promise<void> {
  const keys = new CachedKeySource(new HttpKeySource(parts.client));
  const sealer = new Sealer(keys, WRITER);
  const people = peopleOf(parts, config);
  const links = new FileLinks(parts.keys, config.http.publicUrl);
  const pass = new PassThrough(parts);
  const edge = new EdgeWay({ sealer, client: parts.client, links, logger: parts.logger });
  const guard = new GuardWay(pass);
  server.addHook('onClose', async () => {
    keys.clear();
    await pass.close();
  });
  applyBrowserRules(server, { origins: config.browser.origins, publicUrl: config.http.publicUrl, logger: parts.logger });
  watchUpstreams(parts);
  showMetrics(server, { metrics: parts.metrics, at: config.metrics, opened: (port) => parts.logger.info('metrics are shown', { port }) });
  await forward(server, { parts, people, signIns: signInLimits(server, parts, config), policy: config.sealing.policy, ways: { pass: (one) => pass.carry(one), edge: (one) => edge.carry(one), guard: (one) => guard.carry(one) } });
  serveFiles(server, parts, new StoryFiles({ people, links, client: parts.client, sealer, logger: parts.logger }));
  redirectUnversioned(server);
  await serveDocs(server, openApiDocument({ publicUrl: config.http.publicUrl, timeTravel: config.runtime.timeTravel }));
}

/** Who may pass, judged by the tokens of auth. */
function peopleOf(parts: Pick<CoreParts, 'client' | 'tokens' | 'metrics'>, config: GatewayConfig): People {
  const active = new ActiveUsers();
  parts.metrics.atRender(() => parts.metrics.activeUsers.set(active.count()));
  return new People(new AccessTokens(parts.client, config.http.publicUrl, parts.metrics), parts.tokens, active);
}

/** Counted in Redis where there is one, so that all gateways count together. */
function signInLimits(server: FastifyInstance, { logger }: CoreParts, { limits, redis: { url } }: GatewayConfig): SignInLimits | undefined {
  if (!limits.signIn) return undefined;
  if (url === undefined) return new SignInLimits(undefined);
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: REDIS_MS, enableOfflineQueue: false });
  redis.on('error', (error: unknown) => logger.warn('the connection to Redis has a problem', { error }));
  server.addHook('onClose', () => Promise.resolve(redis.disconnect()));
  return new SignInLimits(redis);
}

interface Forwarding {
  readonly parts: CoreParts;
  readonly people: People;
  readonly signIns: SignInLimits | undefined;
  readonly policy: 'edge' | 'required';
  readonly ways: Readonly<Record<Way, (passage: Passage) => Promise<unknown>>>;
}

/** Bodies that nobody here has to understand are not parsed: their routes live in a scope that reads bytes. */
async function forward(server: FastifyInstance, { parts, people, signIns, policy, ways }: Forwarding): Promise<void> {
  const { tracer, logger } = parts;
  const handlingParts = { people, tracer, logger, live: new LiveAnswers(), signIns };
  const register = (scope: FastifyInstance, way: Way): void => {
    scope.setErrorHandler((error, request, reply) => answerProblem(error, { request, reply, logger }));
    for (const route of forwardedRoutes().filter((one) => wayOf(one, policy) === way)) {
      scope.route({ method: route.method, url: route.path, handler: handling(route, handlingParts, ways[way]) });
    }
  };
  await server.register(async (scope) => register(scope, 'edge'));
  await server.register(async (scope) => {
    readBytes(scope, '*');
    register(scope, 'pass');
  });
  await server.register(async (scope) => {
    readBytes(scope, JSON_TYPES);
    register(scope, 'guard');
  });
}

const JSON_TYPES = /^application\/(?:[\w.-]+\+)?json(?:;|$)/;

function readNoBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

/** As they came, at once: a request can be repeated only when all of it is here. */
function readBytes(scope: FastifyInstance, types: RegExp | '*'): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function serveFiles(server: FastifyInstance, parts: CoreParts, files: StoryFiles): void {
  server.route({
    method: ['GET', 'HEAD'],
    url: routes.readStoryFile.path,
    handler: async (request, reply) => {
      try {
        return await files.serve(request, reply);
      } catch (error) {
        return answerProblem(error, { request, reply, logger: parts.logger });
      }
    },
  });
}

/** The first addresses of the API, before it had versions. */
function redirectUnversioned(server: FastifyInstance): void {
  const moved = (target: string, reply: FastifyReply): FastifyReply => reply.code(308).header('location', target.replace('/api/', '/api/v1/')).send();
  server.register(async (scope) => {
    readNoBodies(scope);
    for (const url of ['/api/conversations', '/api/conversations/*']) scope.all(url, (request, reply) => moved(request.url, reply));
  });
}
