import type { Route as RouteDefinition } from '@selfos/contracts';
import type { InputIssue } from '@selfos/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { idempotencyKeyOf, IDEMPOTENCY_HEADER } from '../idempotency/request-once.js';
import { isStorableText } from '../json/strict-json.js';
import { invalidRequest } from '../problems/problem.js';
import { MalformedBody, PreconditionRequired } from '../problems/http.errors.js';
import { parseIfMatch } from './conditional.js';
import type { InputOf } from './input.js';

/** A request on its way through a route. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly route: RouteDefinition;
}

/** Which of a body's two shapes a service receives: behind the gateway it is always the inner one. */
export type BodyShape = 'inner' | 'plain';

/** Checks path, query, headers and body of a request against its route; one refusal names everything that is wrong. */
export function readInput({ request, reply, route }: Exchange, shape: BodyShape): InputOf {
  const issues: InputIssue[] = [];
  const params = checked(route.params, request.params, { at: '/path', issues }) ?? {};
  const query = checked(route.query, request.query, { at: '/query', issues }) ?? {};
  const body = route.body === undefined ? undefined : checked(route.body[shape], request.body ?? {}, { at: '', issues });
  if (issues.length > 0) throw invalidRequest(issues);
  return {
    params: params as InputOf['params'],
    query: query as InputOf['query'],
    body: body as InputOf['body'],
    userId: request.selfos?.caller?.userId as InputOf['userId'],
    ifMatch: ifMatchOf(request, route) as InputOf['ifMatch'],
    idempotencyKey: idempotencyKeyOf(request.headers[IDEMPOTENCY_HEADER]),
    wantsStream: route.stream === true && acceptsEvents(request.headers.accept),
    signal: goneSignal({ request, reply, route }),
    headers: request.headers,
  };
}

export function acceptsEvents(accept: string | undefined): boolean {
  return accept !== undefined && accept.includes('text/event-stream');
}

/** Standard Schema's issues as pointers (RFC 6901) into the body, or into `/path` and `/query`. */
export function issuesOf(result: z.ZodError, at: string): InputIssue[] {
  return result.issues.map((issue) => ({ pointer: `${at}${issue.path.map((part) => `/${escapePointer(String(part))}`).join('')}`, detail: issue.message }));
}

function checked(schema: z.ZodType | undefined, value: unknown, into: { at: string; issues: InputIssue[] }): unknown {
  if (schema === undefined) return undefined;
  if (into.at !== '' && !isCleanFlat(value)) throw new MalformedBody({ detail: 'The address has a character that cannot be kept.' });
  const result = schema.safeParse(value);
  if (!result.success) into.issues.push(...issuesOf(result.error, into.at));
  return result.data;
}

function isCleanFlat(value: unknown): boolean {
  return Object.values(value ?? {}).every((one) => typeof one !== 'string' || isStorableText(one));
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

function ifMatchOf(request: FastifyRequest, route: RouteDefinition): number | '*' | undefined {
  if (route.conditional !== true) return undefined;
  const header = request.headers['if-match'];
  if (header === undefined) throw new PreconditionRequired();
  return parseIfMatch(header);
}

/** A live answer that was told to end is of no use to anybody either. */
function goneSignal({ request, reply, route }: Exchange): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  const end = request.selfos?.streamsEnd;
  const live = route.stream === true && acceptsEvents(request.headers.accept);
  return live && end !== undefined ? AbortSignal.any([controller.signal, end]) : controller.signal;
}
