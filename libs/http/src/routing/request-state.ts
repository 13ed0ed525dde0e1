import type { Permission, ServiceName } from '@selfos/contracts';
import type { CallContext } from '@selfos/observability';
import type { InputOf } from './input.js';

/** Who calls: a service, and through it or directly a person. */
export interface Caller {
  readonly service?: ServiceName;
  readonly userId?: string;
  /** The transaction token, to be passed on. */
  readonly userToken?: string;
  readonly permissions: readonly Permission[];
  /** What set an internal call going when no person's request did. */
  readonly cause?: CallContext['cause'];
  /** How long the caller waits, milliseconds. */
  readonly deadlineMs?: number;
}

/** What we keep beside a Fastify request. */
export interface RequestState {
  readonly id: string;
  readonly startedAt: number;
  /** Aborted when live answers must end because the service stops. */
  readonly streamsEnd: AbortSignal;
  context: CallContext;
  caller?: Caller;
  input?: InputOf;
}

declare module 'fastify' {
  interface FastifyRequest {
    selfos: RequestState | null;
  }
}
