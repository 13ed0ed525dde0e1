import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { requireSharedData, sharedData } from '@selfos/testing';
import { startWorld, World, type RunningWorld } from './upstreams.js';
import { readFileSync, readdirSync } from 'node:fs';

const FOLDER = ['json-test-suite', 'test_parsing'] as const;

requireSharedData(...FOLDER)('what the JSON test suite calls invalid', () => {
  const world = new World();
  const worlds: RunningWorld[] = [];
  let token = '';
  beforeAll(async () => {
    const ada = uuidv7();
    await world.prepare(ada);
    worlds.push(await startWorld(world), await startWorld(world, { E2E_POLICY: 'required' }));
    token = await world.accessToken(ada);
  });
  afterAll(() => Promise.all(worlds.map((running) => running.stop())));

  const files = () => readdirSync(sharedData(...FOLDER)).filter((name) => name.startsWith('n_'));
  const statusOf = async (running: RunningWorld, path: string, name: string): Promise<number> => {
    const body = new Blob([Uint8Array.from(readFileSync(`${sharedData(...FOLDER)}/${name}`))]);
    const response = await fetch(`${running.gateway.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body });
    await response.arrayBuffer();
    return response.status;
  };

  it.each(['/api/v1/tasks', '/api/v1/conversations', '/api/v1/auth/register'])('is 400 at %s, sealed here, checked here or passed on', async (path) => {
    expect(files().length).toBeGreaterThan(100);
    const answers = files().flatMap((name) => worlds.map(async (running) => ({ name, status: await statusOf(running, path, name) })));
    const wrong = (await Promise.all(answers)).filter((answer) => answer.status !== 400);
    expect(wrong).toEqual([]);
  });
});
