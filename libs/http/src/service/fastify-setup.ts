import { isUuid, uuidv7 } from '@selfos/kernel';
import { parseTraceparent, rootContext, type Metrics } from '@selfos/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseStrictJson } from '../json/strict-json.js';
import type { Draining } from './draining.js';
import { shedLoad, type SheddingLimits } from './load-shedding.js';
import type { Readiness } from './readiness.js';

export interface FastifyParts {
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly draining: Draining;
  readonly name: string;
  /** Largest JSON body, bytes. */
  readonly bodyLimit: number;
  readonly maxKeys: number;
  /** Whether this port also shows the metrics. */
  readonly showsMetrics: boolean;
  readonly shedding: SheddingLimits;
}

/** Prepares the server under Nest: request state, metrics, strict JSON, problems and the operational routes. */
export function setUpFastify(server: FastifyInstance, parts: FastifyParts): void {
  server.decorateRequest('selfos', null);
  server.addHook('onRequest', (request, reply, done) => {
    openRequest(request, reply, parts.draining);
    done();
  });
  parts.draining.watch(server);
  server.addHook('onResponse', (request, reply, done) => {
    measure(request, reply, parts.metrics);
    done();
  });
  shedLoad(server, parts.shedding);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/(?:[\w.-]+\+)?json(?:;|$)/, { parseAs: 'buffer', bodyLimit: parts.bodyLimit }, (_request, bytes, done) => {
    try {
      const body = bytes as Buffer;
      done(null, body.length === 0 ? undefined : parseStrictJson(body, parts.maxKeys));
    } catch (error) {
      done(error as Error);
    }
  });
  operationalRoutes(server, parts);
}

function operationalRoutes(server: FastifyInstance, parts: FastifyParts): void {
  server.get('/health', () => ({ status: 'ok', service: parts.name }));
  server.get('/ready', async (_request, reply) => {
    const report = await parts.readiness.report();
    return reply.code(report.ready ? 200 : 503).send({ status: report.ready ? 'ready' : 'not ready', service: parts.name, checks: report.checks });
  });
  if (parts.showsMetrics) server.get('/metrics', async (_request, reply) => reply.type(parts.metrics.contentType).send(await parts.metrics.render()));
}

function openRequest(request: FastifyRequest, reply: FastifyReply, draining: Draining): void {
  const given = request.headers['x-request-id'];
  const id = isUuid(given) ? given : uuidv7();
  const traceparent = request.headers['traceparent'];
  const arrived = parseTraceparent(typeof traceparent === 'string' ? traceparent : undefined) ?? {};
  request.selfos = { id, startedAt: performance.now(), streamsEnd: draining.streamsEnd, context: rootContext({ kind: 'request', id }, arrived) };
  void reply.header('x-request-id', id);
}

const OPERATIONAL: readonly string[] = ['/health', '/ready', '/metrics'];

function measure(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const endpoint = request.routeOptions.url ?? 'unmatched';
  if (OPERATIONAL.includes(endpoint)) return;
  const seconds = (performance.now() - (request.selfos?.startedAt ?? performance.now())) / 1000;
  metrics.httpRequests.inc({ method: request.method, endpoint, status: String(reply.statusCode) });
  metrics.httpResponseTime.observe({ method: request.method, endpoint }, seconds);
  metrics.httpRequestDuration.observe(seconds);
}
