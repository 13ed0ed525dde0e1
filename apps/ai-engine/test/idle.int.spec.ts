import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Metrics } from '@selfos/observability';
import { eventually, requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { AiEngineBed } from './ai-engine-bed.js';
import { claudeWire, ProviderServer } from './provider-server.js';

requireRealPart('postgres')('a day on which nobody says anything', () => {
  const server = new ProviderServer();
  let bed: AiEngineBed;
  beforeAll(async () => {
    server.list = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(claudeWire.list(['claude-haiku-5-5']));
    bed = await AiEngineBed.start({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: await server.start() });
  });
  afterAll(async () => {
    await bed.stop();
    await server.stop();
  });

  it('says at its start which model is not there', async () => {
    const warnings = () => bed.logged.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ severity }) => severity === 'WARNING');
    await eventually(() => Promise.resolve(expect(warnings()).toMatchObject([{ model: 'anthropic/claude-opus-5-5', fault: 'not-listed', hint: 'claude-haiku-5-5' }])));
  });

  it('uses no token in 24 hours', async () => {
    const start = Date.parse('2026-03-04T00:00:00Z');
    for (let hour = 0; hour <= 24; hour += 1) {
      bed.clock.freeze(start + hour * 3_600_000);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const client = new pg.Client({ connectionString: `${bed.database.url}_ai` });
    await client.connect();
    const { rows } = await client.query<{ calls: number }>('SELECT count(*)::int AS calls FROM model_calls');
    await client.end();
    const { values } = await bed.engine.app.get(Metrics).aiTokens.get();
    expect([rows[0]?.calls, server.seen.length, values.reduce((sum, { value }) => sum + value, 0)]).toEqual([0, 0, 0]);
  });
});
