import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { runInContext, type Logger } from '@selfos/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Overloaded } from './http.errors.js';
import { PROBLEM_TYPE, toProblem } from './problem.js';

const OVERLOADED = Overloaded.code;

/** Answers every failure as a problem, and logs what only we may know under the same trace id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const http = host.switchToHttp();
    void answerProblem(thrown, { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>(), logger: this.logger });
  }
}

/** Sends `thrown` as a problem; does nothing when an answer is already under way. */
export function answerProblem(thrown: unknown, to: { request: FastifyRequest; reply: FastifyReply; logger: Logger }): FastifyReply {
  logFailure(thrown, to);
  return sendProblem(thrown, to);
}

/** The same, told to nobody else. */
export function sendProblem(thrown: unknown, to: { request: FastifyRequest; reply: FastifyReply }): FastifyReply {
  const { request, reply } = to;
  const state = request.selfos;
  const problem = toProblem(thrown, { instance: pathOf(request.url), ...(state === null ? {} : { traceId: state.context.traceId }) });
  if (reply.sent || reply.raw.headersSent) return reply;
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 429 || problem.status === 503) void reply.header('retry-after', retryAfterOf(thrown) ?? reply.getHeader('retry-after') ?? '1');
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** Logs a failure that is ours (500 and above) under the trace of its request; refusals are none. */
export function logFailure(thrown: unknown, to: { request: FastifyRequest; logger: Logger }): void {
  const { request, logger } = to;
  const { status, code } = toProblem(thrown, {});
  // What is shed is counted by its status: a line each would be more to do still.
  if (status < 500 || code === OVERLOADED) return;
  const log = () => logger.error('a request failed', { error: thrown, code, endpoint: request.routeOptions?.url ?? 'unmatched' });
  if (request.selfos === null) log();
  else runInContext(request.selfos.context, log);
}

export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return (end === -1 ? url : url.slice(0, end)).slice(0, 512);
}

/** An error may know when it is worth another try, in seconds. */
function retryAfterOf(thrown: unknown): string | undefined {
  const known: unknown = typeof thrown === 'object' && thrown !== null && 'retryAfter' in thrown ? thrown.retryAfter : undefined;
  return typeof known === 'string' ? known : undefined;
}
