import { parseArgs } from 'node:util';
import { restartablePostgres, startFaultProxy, startRestartableRedis } from '@selfos/testing/servers';
import { Actors } from './actors.js';
import { isSettled, judge } from './checker.js';
import { Nemesis } from './nemesis.js';
import { Random } from './random.js';
import { openWorld, type World } from './world.js';

const SIZES = { ci: { events: 1_500, kills: 10 }, full: { events: 100_000, kills: 50 } };
const SETTLE_MS = { ci: 60_000, full: 600_000 };

const { values } = parseArgs({ options: { size: { type: 'string', default: 'ci' }, seed: { type: 'string' }, events: { type: 'string' }, kills: { type: 'string' } } });
const size = values.size === 'full' ? 'full' : 'ci';
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const goal = { events: Number(values.events ?? SIZES[size].events), kills: Number(values.kills ?? SIZES[size].kills) };
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`chaos: seed ${seed}, at least ${goal.events} events and ${goal.kills} kills (again with: npm run chaos -- --size ${size} --seed ${seed})`);
const began = Date.now();
const [redis, postgres] = [await startRestartableRedis('all'), await restartablePostgres()];
const [redisNet, postgresNet] = [await startFaultProxy(redis.port), await startFaultProxy(postgres.port)];
const actors = new Actors({ databaseUrl: postgresNet.through(postgres.url), redisUrl: redisNet.through(redis.url) });
const witness = await openWorld({ databaseUrl: postgres.url, redisUrl: redis.url });
const nemesis = new Nemesis({ actors, redis, postgres, redisNet, postgresNet }, new Random(seed));

for (const name of ['producer1', 'producer2', 'relay1', 'relay2', 'consumer1', 'consumer2']) actors.start(name);
await until(() => actors.acknowledged.size > 20, 60_000);
const isHarmed = () => nemesis.kills >= goal.kills && nemesis.hasDoneEverything;
while (!isHarmed() || actors.acknowledged.size < goal.events) {
  if (!isHarmed()) await nemesis.act();
  else await new Promise((resolve) => setTimeout(resolve, 200));
}
for (const net of [redisNet, postgresNet]) net.heal();
await actors.endProducers();
const harmedMs = Date.now() - began;
const settled = await until(async () => (await isSettled(witness)) && (await judge(witness, actors.acknowledged)).wrong.length === 0, SETTLE_MS[size]);
const verdict = await judge(witness, actors.acknowledged);
actors.endAll();

const acts = Object.entries(Object.groupBy(nemesis.told, (what) => what)).map(([what, times]) => `${times?.length ?? 0} × ${what}`);
say(`acts: ${acts.join(' · ')}`);
say(JSON.stringify({ seed, events: verdict.written, acknowledged: actors.acknowledged.size, effects: verdict.effects, dead_letters: verdict.deadLetters, kills: nemesis.kills, harmed_s: Math.round(harmedMs / 1_000), total_s: Math.round((Date.now() - began) / 1_000), wrong: verdict.wrong }));
await close(witness);
process.exit(settled && verdict.wrong.length === 0 ? 0 : 1);

async function until(check: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await Promise.resolve(check()).catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

async function close(world: World): Promise<void> {
  await world.bus.close();
}
