import { afterAll, beforeAll, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { aCluster, type ACluster } from './a-cluster.ts';
import { loseAnswers, type Losses } from './losses.ts';

const FULL = process.env['PROOF_SIZE'] === 'full';
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Deaths in the full size. */
const DEATHS = Number(process.env['PROOF_DEATHS'] ?? 1_000);
const CUT: Losses = FULL ? { 'cut@client': 500, 'cut@service': 500 } : { 'cut@client': 250, 'cut@service': 250 };
const KILLED: Losses = FULL ? { 'kill@gateway': DEATHS / 2, 'kill@service': DEATHS / 2 } : { 'kill@gateway': 2, 'kill@service': 2 };

const total = (losses: Losses) => Object.values(losses).reduce((sum, count) => sum + count, 0);

requireRealPart('redis')(`an answer that is lost after the commit, from two replicas of every service (seed ${String(SEED)})`, () => {
  let cluster: ACluster;

  beforeAll(async () => {
    cluster = await aCluster();
  }, 240_000);
  afterAll(() => cluster.leave(), 120_000);

  it(`${String(total(CUT))} cut lines, before the gateway and behind it, leave one effect each, and the same bytes when asked again`, async () => {
    await loseAnswers({ ...cluster, losses: CUT, seed: SEED, lanes: 8 });
  }, FULL ? 1_200_000 : 180_000);

  it(`${String(total(KILLED))} deaths, of the gateway or the service, leave one effect each, and the same bytes when asked again`, async () => {
    await loseAnswers({ ...cluster, losses: KILLED, seed: SEED + 1, lanes: FULL ? 3 : 1 });
  }, FULL ? 7_200_000 : 180_000);
});
