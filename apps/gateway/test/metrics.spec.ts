import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { freePort } from '@selfos/testing';
import { startWorld, World, type RunningWorld } from './upstreams.js';

const world = new World();
let running: RunningWorld;
let port: number;

beforeAll(async () => {
  await world.prepare(uuidv7());
  port = await freePort();
  running = await startWorld(world, { GATEWAY_METRICS_PORT: String(port) });
});
afterAll(() => running.stop());

describe('the gateway’s metrics', () => {
  it('are read at a port of their own, and never at the public one', async () => {
    expect((await fetch(`${running.gateway.url}/metrics`)).status).toBe(404);
    const shown = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(shown.status).toBe(200);
    expect(await shown.text()).toContain('http_requests_total');
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });
});
