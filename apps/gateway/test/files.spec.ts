import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { FILM, PUBLIC_URL, startWorld, World, type RunningWorld } from './upstreams.js';

const ADA = uuidv7();
const world = new World();
let running: RunningWorld;
let path: string;

beforeAll(async () => {
  await world.prepare(ADA);
  running = await startWorld(world);
  const response = await fetch(`${running.gateway.url}/api/v1/stories/${world.story}`, { headers: { authorization: `Bearer ${await world.accessToken(ADA)}` } });
  const story = (await response.json()) as { title: string; video_url: string; tiktok_url: null };
  expect(story).toMatchObject({ title: 'A week', tiktok_url: null });
  expect(story.video_url.startsWith(`${PUBLIC_URL}/api/v1/stories/${world.story}/files/video?token=`)).toBe(true);
  path = story.video_url.slice(PUBLIC_URL.length);
});
afterAll(() => running.stop());

const get = (headers: Record<string, string> = {}, method = 'GET') => fetch(`${running.gateway.url}${path}`, { method, headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('a file of a story', () => {
  it('opens by its link, without signing in', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect((await bytesOf(response)).equals(FILM)).toBe(true);
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=65530-65545', 65_530, 65_546],
    ['bytes=199990-', 199_990, 200_000],
    ['bytes=-10', 199_990, 200_000],
    ['bytes=100-999999', 100, 200_000],
  ])('serves %s', async (range, start, end) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/200000`);
    expect((await bytesOf(response)).equals(FILM.subarray(start, end))).toBe(true);
  });

  it('fetches only the chunks that a range lies in', async () => {
    world.ranges.length = 0;
    await bytesOf(await get({ range: 'bytes=0-99' }));
    expect(world.ranges).toEqual(['bytes=0-65551']);
  });

  it('refuses a range outside the file, and says how long it is', async () => {
    const response = await get({ range: 'bytes=200000-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */200000');
  });

  it('answers HEAD without bytes, and 304 to whoever has it', async () => {
    const head = await get({}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe('200000');
    const etag = head.headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });

  it('stays shut under another link, a changed one, or none', async () => {
    const url = `${running.gateway.url}${path}`;
    expect((await fetch(url.replace('/video?', '/cover?'))).status).toBe(401);
    expect((await fetch(`${url.slice(0, -4)}AAAA`)).status).toBe(401);
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(400);
  });
});
