import type { Route } from '@selfos/contracts';
import { answerProblem, type Caller } from '@selfos/http';
import { runInContext, type CallContext, type Logger, type Tracer } from '@selfos/observability';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { People } from '../access/people.js';
import type { SignInLimits } from '../access/sign-in-limits.js';
import { wantsLive, type LiveAnswers } from './live-answers.js';

const DEADLINE_MS = 30_000;
const STREAM_DEADLINE_MS = 120_000;

/** One request on its way through the gateway, by a person who may make it. */
export interface Passage {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly route: Route;
  readonly caller: Caller;
  readonly context: CallContext;
}

export interface HandlingParts {
  readonly people: People;
  readonly live: LiveAnswers;
  /** Absent: tries to sign in are not counted. */
  readonly signIns: SignInLimits | undefined;
  readonly tracer: Tracer;
  readonly logger: Logger;
}

/** Wraps the way of a route: authentication, call context, deadline and span before it, a problem for whatever it throws. */
export function handling(route: Route, parts: HandlingParts, work: (passage: Passage) => Promise<unknown>): RouteHandlerMethod {
  return async (request, reply) => {
    try {
      const succeeded = await parts.signIns?.enter(route, request, reply);
      const caller = await parts.people.callerOf(route, request.headers);
      if (caller.userId !== undefined && wantsLive(request, route)) parts.live.enter(caller.userId, reply);
      const context = contextFor(request, route, caller);
      const attributes = { 'http.request.method': request.method, 'http.route': route.path };
      const answer = await runInContext(context, () =>
        parts.tracer.span(`${request.method} ${route.path}`, { kind: 'server', attributes }, () => work({ request, reply, route, caller, context })),
      );
      if (reply.raw.statusCode < 300) succeeded?.();
      return answer;
    } catch (error) {
      return answerProblem(error, { request, reply, logger: parts.logger });
    }
  };
}

/** The context of a request from outside: nothing that a client says of deadlines or people is believed. */
export function contextFor(request: FastifyRequest, route: Route, caller: Caller): CallContext {
  const state = request.selfos;
  if (state === null) throw new Error('a request without its state');
  state.caller = caller;
  state.context = {
    ...state.context,
    ...(caller.userId === undefined ? {} : { userId: caller.userId }),
    ...(caller.userToken === undefined ? {} : { userToken: caller.userToken }),
    deadline: Date.now() + (route.stream === true ? STREAM_DEADLINE_MS : DEADLINE_MS),
  };
  return state.context;
}
