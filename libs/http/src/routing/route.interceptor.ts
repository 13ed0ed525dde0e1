import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { onceMode, type Route as RouteDefinition } from '@selfos/contracts';
import { currentContext, runInContext, type Logger, type Tracer } from '@selfos/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, from } from 'rxjs';
import type { RequestClaim } from '../idempotency/idempotency-store.js';
import { FINGERPRINT_HEADER, RequestOnce, fingerprintOf } from '../idempotency/request-once.js';
import { Forbidden } from '../problems/http.errors.js';
import { logFailure, pathOf } from '../problems/problem.filter.js';
import { ServerSentEvents } from '../streaming/server-sent-events.js';
import { etagOf, versionOf } from './conditional.js';
import { RawAnswer } from './raw-answer.js';
import { readInput, type BodyShape, type Exchange } from './read-input.js';
import { routeOf } from './route.decorator.js';

export interface RouteInterceptorParts {
  readonly tracer: Tracer;
  readonly logger: Logger;
  readonly once: RequestOnce;
  readonly shape: BodyShape;
}

/** Runs a handler as its route says: in its call context and span, with checked input, once per Idempotency-Key, with a checked answer. */
export class RouteInterceptor implements NestInterceptor {
  constructor(private readonly parts: RouteInterceptorParts) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const route = routeOf(context.getHandler() as (...args: never[]) => unknown);
    const state = request.selfos;
    if (route === undefined || state === null) throw new Forbidden();
    const exchange = { request, reply: http.getResponse<FastifyReply>(), route };
    const attributes = { 'http.request.method': route.method, 'http.route': route.path, caller: state.caller?.service ?? 'client' };
    return from(
      runInContext(state.context, () =>
        this.parts.tracer.span(`${route.method} ${route.path}`, { kind: 'server', attributes }, async () => {
          state.context = currentContext() ?? state.context;
          state.input = readInput(exchange, this.parts.shape);
          return this.answer(exchange, () => lastValueFrom(next.handle(), { defaultValue: undefined }));
        }),
      ),
    );
  }

  private async answer(exchange: Exchange, handle: () => Promise<unknown>): Promise<unknown> {
    const input = exchange.request.selfos?.input;
    const key = input?.idempotencyKey;
    const mode = onceMode(exchange.route);
    if (mode === undefined || key === undefined) return this.send(exchange, await handle());
    const { request, reply, route } = exchange;
    const claim = claimOf(request, route, key);
    const stored = await this.parts.once.run(claim, mode, async () => ({ status: route.status, body: this.checked(route, await handle()) }));
    if (stored.replayed) void reply.header('idempotent-replayed', 'true');
    void reply.code(stored.status);
    return this.send(exchange, stored.body);
  }

  private send({ request, reply, route }: Exchange, result: unknown): unknown {
    if (result instanceof ServerSentEvents) return result.toStream(reply, (error) => logFailure(error, { request, logger: this.parts.logger }));
    if (result instanceof RawAnswer) {
      void reply.code(result.status).headers({ ...result.headers });
      return result.body;
    }
    const answer = this.checked(route, result);
    const version = versionOf(answer);
    if (version !== undefined) void reply.header('etag', etagOf(version));
    return answer;
  }

  /** An answer that does not fit its contract is our fault and goes nowhere. */
  private checked(route: RouteDefinition, result: unknown): unknown {
    if (route.response === undefined || result instanceof ServerSentEvents || result instanceof RawAnswer) return result;
    const parsed = route.response[this.parts.shape].safeParse(result);
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`).join(', ');
    throw new Error(`the answer of ${route.name} does not fit its contract at ${places}`);
  }
}

function claimOf(request: FastifyRequest, route: RouteDefinition, key: string): RequestClaim {
  const given = request.headers[FINGERPRINT_HEADER];
  const fingerprint = typeof given === 'string' ? given : fingerprintOf(request.method, pathOf(request.url), request.body);
  // Strangers who chose the same key must not meet: nobody's request is told apart by what it asks for.
  const owner = request.selfos?.caller?.userId ?? `-${fingerprint}`;
  return { scope: `request:${route.name}`, key: `${owner}:${key}`, fingerprint };
}
