import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { requireSharedData, sharedData } from '@selfos/testing';
import { readFileSync } from 'node:fs';
import { startWorld, World, type RunningWorld } from './upstreams.js';

const FILE = ['naughty-strings', 'blns.json'] as const;

requireSharedData(...FILE)('strings that break things', () => {
  const world = new World();
  let running: RunningWorld;
  let token = '';
  beforeAll(async () => {
    const ada = uuidv7();
    await world.prepare(ada);
    running = await startWorld(world);
    token = await world.accessToken(ada);
  });
  afterAll(() => running.stop());

  const create = async (title: string): Promise<{ status: number; title?: string; errors?: unknown[] }> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${running.gateway.url}/api/v1/tasks`, { method: 'POST', headers, body: JSON.stringify({ title, life_areas: ['health'] }) });
    return { ...((await response.json()) as object), status: response.status };
  };

  it('come back unchanged, or are refused with a reason', async () => {
    const strings = JSON.parse(readFileSync(sharedData(...FILE), 'utf8')) as string[];
    expect(strings.length).toBeGreaterThan(500);
    const wrong: string[] = [];
    for (const text of strings) {
      const answer = await create(text);
      const kept = answer.status === 201 && answer.title === text.trim();
      const refused = answer.status === 400 && (text.trim() === '' || !text.isWellFormed() || text.includes('\0') || text.length > 500);
      if (!kept && !refused) wrong.push(`${answer.status} ${JSON.stringify(text)}`);
    }
    expect(wrong).toEqual([]);
  });
});
