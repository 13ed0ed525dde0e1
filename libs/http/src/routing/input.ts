import type { Inner, Route as RouteDefinition } from '@selfos/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { ServerSentEvents } from '../streaming/server-sent-events.js';
import type { RawAnswer } from './raw-answer.js';

/** The version named by `If-Match`, or `*` for whichever there is. */
export type IfMatch = number | '*';

type ParamsOf<R> = R extends { readonly params: infer S extends z.ZodType } ? z.output<S> : Record<string, never>;
type QueryOf<R> = R extends { readonly query: infer S extends z.ZodType } ? z.output<S> : Record<string, never>;
type BodyOf<R> = R extends { readonly body: infer C } ? Inner<C> : undefined;
type UserOf<R> = R extends { readonly audience: { readonly kind: 'public' } } ? undefined : string;

/** Everything a handler may know of its request, checked against the route definition. */
export interface InputOf<R extends RouteDefinition = RouteDefinition> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  /** The inner shape: texts are envelopes. */
  readonly body: BodyOf<R>;
  /** Whose request it is; undefined on public routes. */
  readonly userId: UserOf<R>;
  readonly ifMatch: R extends { readonly conditional: true } ? IfMatch : undefined;
  readonly idempotencyKey: string | undefined;
  /** The client accepts server-sent events and the route offers them. */
  readonly wantsStream: boolean;
  /** Aborted when the client goes away before the answer is complete. */
  readonly signal: AbortSignal;
  readonly headers: IncomingHttpHeaders;
}

/** What a handler returns: the route's inner answer, a stream of events where the route offers one, or raw bytes where it has no contract. */
export type AnswerOf<R extends RouteDefinition> =
  | (R extends { readonly response: infer C } ? Inner<C> : R extends { readonly status: 204 } ? void : RawAnswer)
  | (R extends { readonly stream: true } ? ServerSentEvents : never);
