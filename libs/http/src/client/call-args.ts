import type { Inner, InnerInput, Route as RouteDefinition } from '@selfos/contracts';
import type { z } from 'zod';

type ParamsArg<R> = R extends { readonly params: infer S extends z.ZodType } ? { readonly params: z.input<S> } : object;
type QueryArg<R> = R extends { readonly query: infer S extends z.ZodType } ? { readonly query?: z.input<S> } : object;
type BodyArg<R> = R extends { readonly body: infer C } ? { readonly body: InnerInput<C> } : object;

export interface CallOptions {
  /** Makes a repetition of the call safe, where the route takes keys. */
  readonly idempotencyKey?: string;
  /** The call changes nothing, or nothing twice: it may be retried although it is a POST. */
  readonly idempotent?: boolean;
  readonly ifMatch?: number | '*';
  /** `bytes=a-b`, for routes that answer raw bytes. */
  readonly range?: string;
  /** Media type wanted of `bytes`; any when absent. */
  readonly accept?: string;
  /** Stands for the plain body where this service sealed it itself. */
  readonly fingerprint?: string;
  /** Ends the call early. */
  readonly signal?: AbortSignal;
}

/** What a route's definition asks of its caller. */
export type ArgsOf<R extends RouteDefinition> = ParamsArg<R> & QueryArg<R> & BodyArg<R> & CallOptions;

/** The checked inner answer of a route. */
export type ResultOf<R extends RouteDefinition> = R extends { readonly response: infer C } ? Inner<C> : undefined;

/** The same without a route's types, for the code that handles all routes alike. */
export interface AnyArgs extends CallOptions {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The path of a call: parameters filled in and escaped, no query. */
export function pathOfCall(route: RouteDefinition, params: Readonly<Record<string, unknown>> = {}): string {
  return route.path.replaceAll(/:([A-Za-z_]+)/g, (_match, name: string) => encodeURIComponent(String(params[name])));
}

/** `?a=b`, or nothing; undefined values are left out, arrays repeat their key. */
export function queryOfCall(query: Readonly<Record<string, unknown>> = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map((one): [string, string] => [key, String(one)]));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}
