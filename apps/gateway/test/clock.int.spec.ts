import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import { uuidv7 } from '@selfos/kernel';
import { defineGateway } from '../src/define-gateway.js';
import { startService } from '@selfos/http';
import { startWorld, World, type RunningWorld } from './upstreams.js';

requireRealPart('postgres')('domain time', () => {
  const world = new World();
  let running: RunningWorld;
  let database: TestDatabase;
  beforeAll(async () => {
    await world.prepare(uuidv7());
    database = await databaseFor('clock');
    running = await startWorld(world, { SELFOS_TIME_TRAVEL: '1', DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await running.stop();
    await database.drop();
  });

  it('moves forwards, for whoever asks, and never back', async () => {
    const address = `${running.gateway.url}/api/v1/clock`;
    const move = (to: Date) => fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to: to.toISOString() }) });
    const began = performance.now();
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect((await move(tomorrow)).status).toBe(200);
    const view = (await (await fetch(address)).json()) as { now: string; offset_ms: number };
    const passed = new Date(view.now).getTime() - tomorrow.getTime();
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThanOrEqual(performance.now() - began + 100);
    await move(new Date());
    expect(((await (await fetch(address)).json()) as { offset_ms: number }).offset_ms).toBe(view.offset_ms);
  });

  it('cannot be moved in production', async () => {
    await expect((async () => startService(defineGateway({ SELFOS_ENV: 'production', SELFOS_TIME_TRAVEL: '1', PORT: '0' })))()).rejects.toThrow('not allowed in production');
  });
});
