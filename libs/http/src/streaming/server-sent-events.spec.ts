import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { ServerSentEvents, type SseFrame } from './server-sent-events.js';

const reply = { headers: () => undefined, raw: { socket: null }, request: { selfos: null } } as unknown as FastifyReply;

async function* frames(): AsyncGenerator<SseFrame> {
  yield { event: 'token', data: 1 };
}

describe('what follows a stream', () => {
  const cleaned = async (use: (stream: ReturnType<ServerSentEvents['toStream']>) => Promise<unknown>): Promise<number> => {
    let times = 0;
    const cleanup = (): Promise<void> => {
      times += 1;
      return Promise.resolve();
    };
    await use(new ServerSentEvents(frames()).followedBy(cleanup).toStream(reply));
    await new Promise((resolve) => setTimeout(resolve, 20));
    return times;
  };

  it('happens once when it was read to its end', async () => {
    expect(await cleaned((stream) => stream.toArray())).toBe(1);
  });

  it('happens once when the client left before the first frame was asked for', async () => {
    expect(await cleaned((stream) => Promise.resolve(stream.destroy()))).toBe(1);
  });
});
