import { describe, expect, it } from '@jest/globals';
import { NoSignOfLife } from '@selfos/http';
import type { FastifyReply } from 'fastify';
import { EventEmitter } from 'node:events';
import type { Dispatcher } from 'undici';
import { Relay } from './relay.js';

describe('Relay', () => {
  it('sends nothing any more when its service was lost while it waited for a connection, and says so', async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const reply = { raw: Object.assign(new EventEmitter(), { headersSent: false }) } as unknown as FastifyReply;
    const watch = (lost: () => void) => {
      lost();
      return () => undefined;
    };
    const relay = new Relay({ reply, begun: () => undefined, resolve, reject, service: 'backend', left: 60_000, watch, streamsEnd: undefined });
    // as undici does it: who aborts is told of it as an error
    relay.onRequestStart({ abort: (why: Error) => relay.onResponseError({} as Dispatcher.DispatchController, why) } as Dispatcher.DispatchController);
    await expect(promise).rejects.toThrow(NoSignOfLife);
  });
});
