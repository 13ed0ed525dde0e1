import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { request } from 'node:http';
import { startWorld, World, type RunningWorld } from './upstreams.js';

const ADA = uuidv7();
const WORDS = Array.from({ length: 95 }, (_, index) => `word-${index}é `);
const WHOLE = WORDS.join('');

interface Frame {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: { readonly text?: string; readonly ai_response?: string };
}

let world: World;
let running: RunningWorld;

beforeAll(async () => {
  world = new World();
  await world.prepare(ADA);
  running = await startWorld(world, { SHUTDOWN_STREAMS_MS: '50' });
});
afterAll(() => running.stop());
beforeEach(() => {
  world.words = WORDS;
  world.whole = WHOLE;
  world.pace = () => new Promise((resolve) => setTimeout(resolve, 1));
  world.seen.splice(0);
});

function framesOf(text: string): Frame[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block) => {
    const of = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = of('event');
    return event === undefined ? [] : [{ event, id: of('id'), data: JSON.parse(of('data') ?? '{}') as Frame['data'] }];
  });
}

/** Asks for the answer and cuts the line after so many tokens. */
async function listen(port: number, { key, lastId, tokens = Number.POSITIVE_INFINITY }: { readonly key: string; readonly lastId?: string | undefined; readonly tokens?: number }): Promise<readonly Frame[]> {
  const token = await world.accessToken(ADA);
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'content-type': 'application/json', 'idempotency-key': key, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  return new Promise((resolve, reject) => {
    let text = '';
    const asked = request({ host: '127.0.0.1', port, method: 'POST', path: '/api/v1/conversations', headers, agent: false }, (answer) => {
      if (answer.statusCode !== 201) return reject(new Error(`status ${answer.statusCode}`));
      answer.setEncoding('utf8');
      const end = (): void => resolve(framesOf(text));
      answer.on('data', (chunk: string) => {
        text += chunk;
        if (framesOf(text).filter((frame) => frame.event === 'token').length < tokens) return;
        asked.destroy();
        end();
      });
      answer.on('end', end).on('error', end);
    });
    asked.on('error', reject).end(JSON.stringify({ message: 'What now?' }));
  });
}

/** What a client has in the end: tokens one after the other, all over again after `reset`. */
function read(frames: readonly Frame[]): string {
  return frames.reduce((text, { event, data }) => (event === 'reset' ? '' : event === 'token' ? text + (data.text ?? '') : text), '');
}

describe('a live answer with a key', () => {
  it('is read to its last byte by a client that loses the line at every tenth word', async () => {
    const key = uuidv7();
    const frames: Frame[] = [];
    for (let lines = 0; frames.at(-1)?.event !== 'done' && lines < 50; lines += 1) frames.push(...(await listen(running.gateway.port, { key, lastId: frames.at(-1)?.id, tokens: 10 })));
    expect(frames.map((frame) => frame.event)).toEqual([...WORDS.map(() => 'token'), 'done']);
    expect(read(frames)).toBe(WHOLE);
    expect(frames.at(-1)?.data.ai_response).toBe(WHOLE);
    expect(world.seen.filter((one) => one.route === 'converse')).toHaveLength(1);
  });

  it('goes on at another gateway, without a word twice or lost', async () => {
    const key = uuidv7();
    const other = await running.another();
    const frames = [...(await listen(running.gateway.port, { key, tokens: 10 }))];
    frames.push(...(await listen(other.port, { key, lastId: frames.at(-1)?.id })));
    expect(frames.some((frame) => frame.event === 'reset')).toBe(false);
    expect(read(frames)).toBe(WHOLE);
    expect(world.seen.filter((one) => one.route === 'converse')).toHaveLength(1);
  });

  it('begins again with `reset` where the words are no longer the same', async () => {
    const frames = [...(await listen(running.gateway.port, { key: uuidv7(), tokens: 10 }))];
    frames.push(...(await listen(running.gateway.port, { key: uuidv7(), lastId: frames.at(-1)?.id })));
    expect(frames.filter((frame) => frame.event === 'reset')).toHaveLength(1);
    expect(read(frames)).toBe(WHOLE);
  });

  it('is asked for once more when the service behind breaks off', async () => {
    world.breaksOffAfter = 7;
    const frames = await listen(running.gateway.port, { key: uuidv7() });
    expect(frames.filter((frame) => frame.event === 'reset')).toHaveLength(1);
    expect(read(frames)).toBe(WHOLE);
    expect(frames.at(-1)?.event).toBe('done');
    expect(world.seen.filter((one) => one.route === 'converse')).toHaveLength(2);
  });

  it('is told to go elsewhere by a gateway that stops, and goes on there', async () => {
    const key = uuidv7();
    const leaving = await running.another();
    let words = 0;
    let stopped: Promise<void> | undefined;
    world.pace = async () => {
      words += 1;
      if (words === 10) stopped = leaving.close();
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const frames = [...(await listen(leaving.port, { key }))];
    expect(frames.at(-1)).toMatchObject({ event: 'reconnect', data: { retry_ms: 1000 } });
    const lastId = frames.findLast((frame) => frame.id !== undefined)?.id;
    world.pace = () => Promise.resolve();
    frames.push(...(await listen(running.gateway.port, { key, lastId })));
    expect(read(frames)).toBe(WHOLE);
    expect(frames.at(-1)?.event).toBe('done');
    await stopped;
  });

  it('keeps its key for itself', async () => {
    const key = uuidv7();
    await listen(running.gateway.port, { key, tokens: 1 });
    const answer = await fetch(`${running.gateway.url}/api/v1/conversations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await world.accessToken(ADA)}`, accept: 'text/event-stream', 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ message: 'Something else' }),
    });
    expect(answer.status).toBe(422);
  });
});
