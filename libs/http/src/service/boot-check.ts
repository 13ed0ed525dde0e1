import type { INestApplicationContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routesOf, type Route as RouteDefinition, type ServiceName } from '@selfos/contracts';
import { routeOf } from '../routing/route.decorator.js';

/** A service does not start with holes in its surface. */
export class SurfaceIncomplete extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the routes of this service and its handlers do not match: ${problems.join('; ')}`);
    this.name = 'SurfaceIncomplete';
  }
}

/** Compares handlers and route definitions both ways. `elsewhere` names routes that are served without a controller. */
export function checkSurface(app: INestApplicationContext, service: ServiceName, elsewhere: readonly string[] = []): void {
  const handlers = handlersOf(app);
  const own = routesOf(service);
  const problems = [
    ...handlers.filter((handler) => handler.route === undefined).map((handler) => `${handler.name} has no route definition`),
    ...handlers.filter((handler) => handler.route !== undefined && !own.includes(handler.route)).map((handler) => `${handler.name} serves a route of another service`),
    ...own.filter((route) => !elsewhere.includes(route.name) && !handlers.some((handler) => handler.route === route)).map((route) => `${route.name} has no handler`),
  ];
  if (problems.length > 0) throw new SurfaceIncomplete(problems);
}

function handlersOf(app: INestApplicationContext): { name: string; route: RouteDefinition | undefined }[] {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap((wrapper) => {
      const prototype = wrapper.metatype?.prototype as object | undefined;
      if (prototype === undefined) return [];
      return scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = Reflect.get(prototype, method) as (...args: never[]) => unknown;
        return Reflect.hasMetadata(PATH_METADATA, handler) ? [{ name: `${String(wrapper.name)}.${method}`, route: routeOf(handler) }] : [];
      });
    });
}
