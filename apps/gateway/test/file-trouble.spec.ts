import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '@selfos/http';
import { uuidv7 } from '@selfos/kernel';
import { randomBytes } from 'node:crypto';
import { PUBLIC_URL, startWorld, World, type RunningWorld } from './upstreams.js';

const ADA = uuidv7();
const BIG = randomBytes(24 * 1024 * 1024);
const world = new World(BIG);
let running: RunningWorld;
let address: string;

beforeAll(async () => {
  await world.prepare(ADA);
  running = await startWorld(world);
  const response = await fetch(`${running.gateway.url}/api/v1/stories/${world.story}`, { headers: { authorization: `Bearer ${await world.accessToken(ADA)}` } });
  const story = (await response.json()) as { video_url: string };
  address = `${running.gateway.url}${story.video_url.slice(PUBLIC_URL.length)}`;
});
afterAll(() => running.stop());

describe('a file of a story', () => {
  it('reaches whoever reads it slowly, whole', async () => {
    const response = await fetch(address);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const parts: Uint8Array[] = [];
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) parts.push(part);
    expect(Buffer.concat(parts).equals(BIG)).toBe(true);
  });

  it('is a clear 503 while its service begins again, also when that happens after the first answer', async () => {
    world.fileTrouble = () => Promise.reject(new DependencyUnavailable());
    const response = await fetch(address);
    expect([response.status, response.headers.get('content-type'), response.headers.get('retry-after'), response.headers.get('etag')]).toEqual([503, 'application/problem+json; charset=utf-8', '1', null]);
    expect(response.headers.get('content-length')).not.toBe(String(BIG.length));
    expect(await response.json()).toMatchObject({ code: 'http.dependency.unavailable' });
    world.fileTrouble = undefined;
  });

  it('is a clear 504 when its service hangs', async () => {
    world.fileTrouble = () => new Promise(() => undefined);
    const begun = Date.now();
    const response = await fetch(address, { headers: { range: 'bytes=0-9' } });
    expect([response.status, await response.json()]).toEqual([504, expect.objectContaining({ code: 'http.deadline.exceeded' })]);
    expect(Date.now() - begun).toBeLessThan(25_000);
    world.fileTrouble = undefined;
  });
});
