import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedWorld } from '../simulation/simulated-world.js';

/** 500 histories where nothing else is said; `SIMULATION_RUNS=10000 SIMULATION_SEED=… ` by hand. */
const runs = Number(process.env['SIMULATION_RUNS'] ?? 500);
const seed = Number(process.env['SIMULATION_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

type Act = (world: SimulatedWorld) => Promise<void>;
const tick = async (ms: number) => void (await jest.advanceTimersByTimeAsync(ms));

class Command implements fc.AsyncCommand<object, SimulatedWorld> {
  constructor(private readonly name: string, private readonly act: Act) {}

  check(): boolean {
    return true;
  }

  run(_model: object, world: SimulatedWorld): Promise<void> {
    return this.act(world);
  }

  toString(): string {
    return this.name;
  }
}

const command = <T>(name: string, value: fc.Arbitrary<T>, act: (world: SimulatedWorld, value: T) => Promise<void> | void) =>
  value.map((chosen) => new Command(`${name}(${String(chosen)})`, async (world) => act(world, chosen)));

const commands = [
  command('write', fc.nat(4), (world, goal) => world.write(goal, false)),
  command('write, undone', fc.nat(4), (world, goal) => world.write(goal, true)),
  command('relay', fc.boolean(), (world, dies) => world.relay(dies)),
  command('deliver all again', fc.constant(''), async (world) => void world.deliverAgain()),
  command('start a consumer', fc.constant(''), (world) => world.startConsumer()),
  command('kill a consumer', fc.constant(''), (world) => world.killConsumer()),
  command('fail the next', fc.nat(3), (world, times) => void (world.failures += times)),
  command('book', fc.nat(2_000), (world, delayMs) => world.book(delayMs)),
  command('cancel', fc.nat(5), (world, n) => world.cancel(n)),
  command('start a runner', fc.constant(''), (world) => world.startRunner()),
  command('stop a runner', fc.constant(''), (world) => world.stopRunner()),
  command('tick', fc.nat(300), (_world, ms) => tick(ms)),
];

describe('outbox, once, bus and work under one seed', () => {
  beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 10, 23, 9) }));
  afterEach(() => void jest.useRealTimers());

  it(`keep every promise in ${runs} histories (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 25, size: '+1' }), async (history) => {
        const world = new SimulatedWorld();
        await fc.asyncModelRun(() => ({ model: {}, real: world }), history);
        await world.heal(tick);
        const ids = world.store.outbox.map(({ id }) => id);
        expect(world.store.effects.toSorted()).toEqual(ids.toSorted());
        const newest = new Map<string, number>();
        for (const { goal, version } of world.store.outbox) newest.set(goal, Math.max(version, newest.get(goal) ?? 0));
        expect(new Map([...world.store.projection].toSorted())).toEqual(new Map([...newest].toSorted()));
        const wanted = world.jobs.all().filter(({ state }) => state === 'done').map(({ key }) => key);
        expect(world.jobEffects.toSorted()).toEqual(wanted.toSorted());
        expect([...wanted, ...world.jobs.all().filter(({ state }) => state === 'failed').map(({ key }) => key), ...world.cancelled].toSorted()).toEqual(world.bookedKeys.toSorted());
      }),
      { numRuns: runs, seed },
    );
  }, 600_000);
});
