import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { startWorld, World, type RunningWorld } from './upstreams.js';

const ADA = uuidv7();
const world = new World();
let running: RunningWorld;
let token: string;

beforeAll(async () => {
  await world.prepare(ADA);
  running = await startWorld(world);
  token = await world.accessToken(ADA);
});
afterAll(() => running.stop());

const create = (body: object, key?: string): Promise<Response> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...(key === undefined ? {} : { 'idempotency-key': key }) };
  return fetch(`${running.gateway.url}/api/v1/tasks`, { method: 'POST', headers, body: JSON.stringify({ life_areas: ['health'], ...body }) });
};

describe('an Idempotency-Key that is used again after its answer was forgotten', () => {
  it('is refused, and makes nothing anew, whether the request is the same or another', async () => {
    expect((await create({ title: 'Walk' }, 'walk')).status).toBe(201);
    // Services that begin again have forgotten the answers they kept; what was made is still there.
    await running.stop();
    running = await startWorld(world);
    for (const title of ['Walk', 'Swim']) {
      const late = await create({ title }, 'walk');
      expect([late.status, await late.json()]).toEqual([409, expect.objectContaining({ code: 'gateway.idempotency.key-spent' })]);
    }
    expect(world.tasks.size).toBe(1);
    expect((await create({ title: 'Walk' }, 'another')).status).toBe(201);
  });

  it('leaves the problem of an id that the client itself brings as it is', async () => {
    const id = uuidv7();
    expect((await create({ id, title: 'Walk' }, 'mine')).status).toBe(201);
    const again = await create({ id, title: 'Walk' }, 'yours');
    expect([again.status, await again.json()]).toEqual([409, expect.objectContaining({ code: 'tasks.task.exists' })]);
  });
});
