import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Forbidden } from '../problems/http.errors.js';
import { pathOf } from '../problems/problem.filter.js';
import { Authenticator } from './authenticator.js';
import { routeOf } from './route.decorator.js';

const DEFAULT_DEADLINE_MS = 30_000;
const STREAM_DEADLINE_MS = 120_000;

/** Lets nobody through whom the route's definition does not name: a handler without a definition is closed. */
export class RouteGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const route = routeOf(context.getHandler() as (...args: never[]) => unknown);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const state = request.selfos;
    if (route === undefined || state === null) throw new Forbidden();
    const caller = await this.authenticator.authenticate({ route, method: request.method, path: pathOf(request.url), headers: request.headers });
    const longest = route.stream === true ? STREAM_DEADLINE_MS : DEFAULT_DEADLINE_MS;
    state.caller = caller;
    state.context = {
      ...state.context,
      ...(caller.userId === undefined ? {} : { userId: caller.userId }),
      ...(caller.userToken === undefined ? {} : { userToken: caller.userToken }),
      ...(caller.cause === undefined ? {} : { cause: caller.cause }),
      deadline: Date.now() + Math.min(caller.deadlineMs ?? longest, STREAM_DEADLINE_MS),
    };
    return true;
  }
}
