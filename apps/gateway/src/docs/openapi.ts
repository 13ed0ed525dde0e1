import { onceMode, problemSchema, routes, type Route } from '@selfos/contracts';
import { z } from 'zod';
import { JsonSchemas, type JsonSchema } from './json-schemas.js';

const PROBLEM = { description: 'Problem (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
const STATUS_TEXT: Readonly<Record<number, string>> = { 200: 'Done', 201: 'Created', 202: 'Accepted', 204: 'Done, nothing to say' };

export interface OpenApiOptions {
  readonly publicUrl: string;
  /** Whether the clock's routes exist here. */
  readonly timeTravel: boolean;
}

/** One OpenAPI 3.1 document of everything a client can call, from the contracts, in the plain shapes that the edge takes and gives. */
export function openApiDocument(options: OpenApiOptions): JsonSchema {
  const schemas = new JsonSchemas();
  schemas.of(problemSchema, 'output');
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of Object.values<Route>(routes).filter((one) => isPublic(one, options.timeTravel))) {
    const path = route.path.replaceAll(/:([A-Za-z_]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'SelfOS', version: '1', description: 'From one sentence to a plan, a memory, a reminder and the week’s story.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: options.publicUrl }],
    paths,
    components: { schemas: schemas.components, securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function isPublic(route: Route, timeTravel: boolean): boolean {
  return route.audience.kind !== 'internal' && (timeTravel || !route.path.startsWith('/api/v1/clock'));
}

function operation(route: Route, schemas: JsonSchemas): JsonSchema {
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.service],
    ...(route.audience.kind === 'user' ? { security: [{ accessToken: [] }], 'x-permission': route.audience.permission } : { security: [] }),
    parameters: parametersOf(route, schemas),
    ...(route.body === undefined ? {} : { requestBody: { required: !route.body.plain.safeParse({}).success, content: { 'application/json': { schema: schemas.of(route.body.plain, 'input') } } } }),
    responses: { [String(route.status)]: successOf(route, schemas), ...failuresOf(route) },
  };
}

function parametersOf(route: Route, schemas: JsonSchemas): JsonSchema[] {
  const header = (name: string, description: string, required: boolean): JsonSchema => ({ name, in: 'header', required, description, schema: { type: 'string' } });
  return [
    ...fields(route.params, 'path', schemas),
    ...fields(route.query, 'query', schemas),
    ...(onceMode(route) === undefined ? [] : [header('Idempotency-Key', 'Makes a repetition of this request safe: it is done once and answered alike', false)]),
    ...(route.conditional === true ? [header('If-Match', 'The ETag of the state you have read, or *', true)] : []),
  ];
}

function fields(schema: z.ZodObject | undefined, place: 'path' | 'query', schemas: JsonSchemas): JsonSchema[] {
  return Object.entries((schema?.shape ?? {}) as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !field.safeParse(undefined).success,
    schema: schemas.of(field, 'input'),
  }));
}

function successOf(route: Route, schemas: JsonSchemas): JsonSchema {
  const description = STATUS_TEXT[route.status] ?? 'Done';
  if (route.response === undefined) return route.status === 204 ? { description } : { description, content: { 'application/octet-stream': {} } };
  const events = route.stream === true ? { 'text/event-stream': { schema: { type: 'string', description: 'Events token, plan, memory_used, done, reset, reconnect, error. Sent again with its Idempotency-Key and Last-Event-ID, the request goes on where it was' } } } : {};
  const etag = route.conditional === true ? { headers: { ETag: { description: 'Version of the state', schema: { type: 'string' } } } } : {};
  return { description, ...etag, content: { 'application/json': { schema: schemas.of(route.response.plain, 'output') }, ...events } };
}

function failuresOf(route: Route): Record<string, JsonSchema> {
  const statuses = ['400', ...(route.audience.kind === 'user' ? ['401', '403'] : []), ...(route.params === undefined ? [] : ['404']), ...(onceMode(route) === undefined ? [] : ['409', '422']), ...(route.conditional === true ? ['412', '428'] : []), '429', '503'];
  return Object.fromEntries([...statuses, 'default'].map((status) => [status, PROBLEM]));
}
