import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';

/**
 * The way out of a service with requests under way: first every answer closes its connection, so that no caller sends the next request
 * to us; later the live answers, which would take too long, are told to end.
 */
export class Draining {
  private readonly underWay = new Set<ServerResponse>();
  private readonly streams = new AbortController();
  private begun = false;

  /** Aborted when live answers must end because the service stops. */
  get streamsEnd(): AbortSignal {
    return this.streams.signal;
  }

  /** Counts the requests of `server` from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRequest', (_request, reply, done) => {
      this.enter(reply.raw);
      done();
    });
  }

  /** From now on answers say `Connection: close` (RFC 9112 §9.6), also those whose requests came before. */
  begin(): void {
    this.begun = true;
    for (const response of this.underWay) response.shouldKeepAlive = false;
  }

  endStreams(): void {
    this.streams.abort();
  }

  private enter(response: ServerResponse): void {
    if (this.begun) response.shouldKeepAlive = false;
    this.underWay.add(response);
    response.once('close', () => this.underWay.delete(response));
  }
}
