// One process of the chaos suite, to be killed: a producer, a relay or a consumer. Its addresses and its part come as JSON.
import { currentContext } from '@selfos/observability';
import { uuidv7 } from '@selfos/kernel';
import { OutboxRelay } from '@selfos/event-bus';
import { GROUP, isPoison, openWorld, TYPE, writeChange, type Addresses, type World } from './world.js';

interface Part extends Addresses {
  readonly role: 'producer' | 'relay' | 'consumer';
}

const WRITERS = 6;
const part = JSON.parse(process.argv[2] ?? '{}') as Part;

/** Writes changes until it is told to end, and says each that was acknowledged: one line, its id. */
async function produce(world: World): Promise<void> {
  const state = { ended: false };
  process.stdin.on('data', () => (state.ended = true));
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (!state.ended) {
        const goal = uuidv7();
        for (let version = 1; version <= 20 && !state.ended; version += 1) await write(world, { id: uuidv7(), goal, version });
      }
    }),
  );
  process.exit(0);
}

/** An answer that was lost is asked for again, with the same id. */
async function write(world: World, change: { id: string; goal: string; version: number }): Promise<void> {
  for (;;) {
    try {
      await writeChange(world, change);
      process.stdout.write(`${change.id}\n`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function consume(world: World): Promise<void> {
  const { runner, database } = world;
  const handle = async (event: { id: string; data: Record<string, unknown> }) => {
    const version = Number(event.data['version']);
    if (isPoison(version)) throw new TypeError('never');
    const manager = database.manager();
    await manager.query('INSERT INTO effects (event_id, user_id) VALUES ($1, $2)', [event.id, currentContext()?.userId]);
    await manager.query('INSERT INTO projection AS p VALUES ($1, $2) ON CONFLICT (goal) DO UPDATE SET version = excluded.version WHERE p.version < excluded.version', [event.data['id'], version]);
  };
  await world.bus.subscribe({ group: GROUP, types: [TYPE], handler: (event) => runner.run(event, handle), batchHandler: (all, signal) => runner.runTogether(all, handle, signal) });
}

/** Whoever starts while the database is away tries again. */
async function stubborn(): Promise<World> {
  for (;;) {
    try {
      return await openWorld(part);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function subscribed(world: World): Promise<void> {
  for (;;) {
    try {
      return await consume(world);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

process.on('unhandledRejection', (error) => process.stderr.write(`${String(error)}\n`));
const world = await stubborn();
if (part.role === 'producer') await produce(world);
if (part.role === 'relay') await new OutboxRelay(world.worker, world.bus, world.logger).start();
if (part.role === 'consumer') await subscribed(world);
