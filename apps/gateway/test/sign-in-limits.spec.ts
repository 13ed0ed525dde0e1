import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { startWorld, World, type RunningWorld } from './upstreams.js';

let running: RunningWorld;

beforeAll(async () => {
  const world = new World();
  await world.prepare(uuidv7());
  running = await startWorld(world, { SIGN_IN_LIMITS: '1' });
});
afterAll(() => running.stop());

const register = (email: string, timezone = 'Europe/Paris') =>
  fetch(`${running.gateway.url}/api/v1/auth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password: 'correct horse battery', timezone }) });
const statusesOf = async (email: string, times: number, timezone?: string): Promise<number[]> => {
  const statuses: number[] = [];
  for (let turn = 0; turn < times; turn += 1) statuses.push((await register(email, timezone)).status);
  return statuses;
};

describe('tries to sign in', () => {
  it('are limited for one account, however it is written, with a word on when to come back', async () => {
    expect(await statusesOf('ada@example.org', 5, 'Mars/Olympus')).toEqual([400, 400, 400, 400, 400]);
    const refused = await register(' ADA@example.org');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(refused.headers.get('ratelimit-policy')).toBe('"register-account";q=5;w=3600');
    expect(refused.headers.get('ratelimit')).toMatch(/^"register-account";r=0;t=\d+$/);
    expect(await refused.json()).toMatchObject({ code: 'gateway.sign-in.too-many', error: 'Rate limit exceeded' });
  });

  it('are forgiven an account by a success, and limited for one address, whatever the account', async () => {
    expect(await statusesOf('ben@example.org', 6)).toEqual([201, 201, 201, 201, 201, 201]);
    const more = await Promise.all(Array.from({ length: 12 }, (_, index) => register(`${index}@example.org`)));
    expect(more.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 8 }, () => 201), ...Array.from({ length: 4 }, () => 429)]);
  });
});
