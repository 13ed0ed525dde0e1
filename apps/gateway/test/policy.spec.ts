import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { startWorld, World, type RunningWorld } from './upstreams.js';

const ADA = uuidv7();
const world = new World();
let running: RunningWorld;
let headers: Record<string, string>;

beforeAll(async () => {
  await world.prepare(ADA);
  running = await startWorld(world, { E2E_POLICY: 'required' });
  headers = { authorization: `Bearer ${await world.accessToken(ADA)}`, 'content-type': 'application/json' };
});
afterAll(() => running.stop());

const post = (body: unknown) => fetch(`${running.gateway.url}/api/v1/tasks`, { method: 'POST', headers, body: JSON.stringify(body) });

describe('under the policy "required"', () => {
  it('plain words are refused with 422', async () => {
    const response = await post({ id: uuidv7(), title: 'Walk', life_areas: ['health'] });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error: 'sealed_required', code: 'gateway.body.sealed-required', errors: [{ pointer: '/title' }] });
  });

  it('a sealed body goes on as it is, and the answer comes back sealed', async () => {
    const sealed = await world.ai.seal(routes.createTask.body, ADA, { title: 'Walk', life_areas: ['health'], priority: 3, energy_required: 3, duration_minutes: 30, due_date: null, recurring_pattern: null, scheduled_time: null, attachments: [], parent_goal_id: null });
    const response = await post(sealed);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ title: (sealed as { title: unknown }).title });
  });

  it('what is neither is a bad request', async () => {
    expect((await post({ title: 5 })).status).toBe(400);
  });
});
