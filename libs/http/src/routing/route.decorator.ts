import { HttpCode, RequestMapping, RequestMethod, SetMetadata, applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Route as RouteDefinition } from '@selfos/contracts';
import type { FastifyRequest } from 'fastify';

export const ROUTE_METADATA = 'selfos:route';

/**
 * Makes a controller method the handler of a route: its method, path, status, validation, audience, idempotency and conditions all
 * come from the definition. A handler without one does not pass the boot check.
 */
export function Route(definition: RouteDefinition): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[definition.method], path: definition.path }),
    HttpCode(definition.status),
    SetMetadata(ROUTE_METADATA, definition),
  );
}

/** Injects the checked request: `create(@Input() input: InputOf<typeof routes.createTask>)`. */
export const Input: () => ParameterDecorator = createParamDecorator((_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().selfos?.input);

/** The definition behind a handler, or undefined when it has none. */
export function routeOf(handler: (...args: never[]) => unknown): RouteDefinition | undefined {
  return Reflect.getMetadata(ROUTE_METADATA, handler) as RouteDefinition | undefined;
}
