import { databaseFor, type TestDatabase } from '@selfos/testing';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { Balancer } from '../src/balancer.ts';
import { LostAnswers } from '../src/lost-answers.ts';
import { loseAnswers } from './losses.ts';
import { discard, startSystem, type System } from '../../../apps/selfos/test/system.ts';

const FULL = process.env['PROOF_SIZE'] === 'full';
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const LOST = FULL ? 1_000 : 500;
const KILLED = FULL ? 25 : 1;

/** Everything in one process; the line to the client is cut as an answer comes, or the process dies as it gives it. */
describe(`an answer that is lost after the commit, from one process (seed ${String(SEED)})`, () => {
  let database: TestDatabase;
  let system: System;
  let line: Balancer;
  let url: string;

  beforeAll(async () => {
    database = await databaseFor('lost_answers');
    system = await startSystem({ env: { DATABASE_URL: database.url } });
    const port = Number(new URL(system.url).port);
    const losses = new LostAnswers(async () => {
      await system.kill();
      system = await startSystem({ home: system.home, port, env: { DATABASE_URL: database.url } });
    });
    line = new Balancer([port], losses.onTheLine());
    url = `http://127.0.0.1:${String(await line.listen())}`;
  }, 120_000);
  afterAll(async () => {
    await line.close();
    await discard(system);
    await database.drop();
  }, 60_000);

  it(`${String(LOST - KILLED)} cut lines leave one effect each, and the same bytes when asked again`, async () => {
    await loseAnswers({ url, databaseUrl: database.url, losses: { 'cut@client': LOST - KILLED }, seed: SEED, lanes: 8 });
  }, FULL ? 1_200_000 : 120_000);

  it(`${String(KILLED)} deaths of the process leave one effect each, and the same bytes when asked again`, async () => {
    await loseAnswers({ url, databaseUrl: database.url, losses: { 'kill@service': KILLED }, seed: SEED + 1, lanes: 1 });
  }, FULL ? 1_200_000 : 120_000);
});
