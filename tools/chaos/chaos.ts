import { parseArgs } from 'node:util';
import { PostgresBusOperations, RedisBusOperations } from '@selfos/event-bus';
import { restartablePostgres, startFaultProxy, startRestartableRedis } from '@selfos/testing/servers';
import { Actors } from './actors.js';
import { isSettled, judge, type Witness } from './checker.js';
import { Nemesis } from './nemesis.js';
import { Random } from './random.js';
import { GROUP, openWorld } from './world.js';

const SIZES = { ci: { events: 1_500, kills: 10 }, full: { events: 100_000, kills: 50 } };
/** Of the events that a run writes, those during which harm is done. */
const HARMED_SHARE = 0.9;
const SETTLE_MS = { ci: 60_000, full: 600_000 };

const { values } = parseArgs({ options: { bus: { type: 'string', default: 'redis' }, size: { type: 'string', default: 'ci' }, seed: { type: 'string' }, events: { type: 'string' }, kills: { type: 'string' } } });
const withRedis = values.bus === 'redis';
if (!withRedis && values.bus !== 'postgres') throw new RangeError('--bus is redis or postgres');
const size = values.size === 'full' ? 'full' : 'ci';
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const goal = { events: Number(values.events ?? SIZES[size].events), kills: Number(values.kills ?? SIZES[size].kills) };
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`chaos: seed ${seed}, at least ${goal.events} events and ${goal.kills} kills (again with: npm run chaos -- --bus ${values.bus} --size ${size} --seed ${seed})`);
const began = Date.now();
const [postgres, redis] = [await restartablePostgres(), withRedis ? await startRestartableRedis('all') : undefined];
const [postgresNet, redisNet] = [await startFaultProxy(postgres.port), redis && (await startFaultProxy(redis.port))];
const nets = [postgresNet, ...(redisNet === undefined ? [] : [redisNet])];
const actors = new Actors({ databaseUrl: postgresNet.through(postgres.url), redisUrl: redis && redisNet?.through(redis.url) });
const world = await openWorld({ databaseUrl: postgres.url, redisUrl: redis?.url });
const nemesis = new Nemesis({ actors, redis, postgres, nets }, new Random(seed));

for (const name of ['producer1', 'producer2', 'relay1', 'relay2', 'consumer1', 'consumer2']) actors.start(name);
await until(() => actors.acknowledged.size > 20, 60_000);
const isHarmed = () => nemesis.kills >= goal.kills && nemesis.hasDoneEverything;
// the harm is spread over the whole run, and what is written last is written in peace
const nextHarmAt = () => (HARMED_SHARE * goal.events * Math.min(nemesis.kills, goal.kills)) / Math.max(1, goal.kills);
while (!isHarmed() || actors.acknowledged.size < goal.events) {
  if (!isHarmed() && actors.acknowledged.size >= nextHarmAt()) await nemesis.act();
  else await new Promise((resolve) => setTimeout(resolve, 50));
}
for (const net of nets) net.heal();
await actors.endProducers();
const witness = await openWitness();
const harmedMs = Date.now() - began;
const settled = await until(async () => (await isSettled(witness)) && (await judge(witness, actors.acknowledged)).wrong.length === 0, SETTLE_MS[size]);
const verdict = await judge(witness, actors.acknowledged);
const wrong = [...verdict.wrong, ...actors.crashed.map((name) => `${name} ended by itself`)];
actors.endAll();

const acts = Object.entries(Object.groupBy(nemesis.told, (what) => what)).map(([what, times]) => `${times?.length ?? 0} × ${what}`);
say(`acts: ${acts.join(' · ')}`);
say(JSON.stringify({ seed, bus: values.bus, events: verdict.written, acknowledged: actors.acknowledged.size, effects: verdict.effects, dead_letters: verdict.deadLetters, kills: nemesis.kills, harmed_s: Math.round(harmedMs / 1_000), total_s: Math.round((Date.now() - began) / 1_000), wrong }));
await Promise.all([witness.bus.close(), witness.world.bus.close()]);
process.exit(settled && wrong.length === 0 ? 0 : 1);

async function until(check: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await Promise.resolve(check()).catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/** Past the proxies, so that what is seen is what is there; when the harm is over, since it does not connect anew. */
async function openWitness(): Promise<Witness> {
  // the log makes its tables when it is first used
  await world.bus.deadLetters(GROUP);
  return { world, bus: redis === undefined ? await PostgresBusOperations.open(postgres.url) : await RedisBusOperations.open(redis.url) };
}
