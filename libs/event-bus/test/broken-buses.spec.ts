import { describe, expect, it } from '@jest/globals';
import { InMemoryEventBus, type DeliveryPolicy, type EventBus } from '../src/index.js';
import { BlamingBus, HastyBus, SkippingBus, SwallowingBus } from './contract/broken-buses.js';
import { runCheck, type BusUnderTest, type Checks } from './contract/harness.js';
import { eventBusChecks } from './event-bus.contract.js';

/** One bus object for all openings of a check: the storage of the in-memory adapters is the object itself. */
function sharing<B extends EventBus>(create: (policy: DeliveryPolicy) => B, begin?: (bus: B, event: Parameters<InMemoryEventBus['begin']>[0][number]) => () => Promise<void>): BusUnderTest {
  const at: { bus: B | undefined } = { bus: undefined };
  const open = async (policy: DeliveryPolicy) => (at.bus ??= create(policy));
  return {
    open,
    openMortal: async (policy) => ({ bus: await open(policy), kill: async () => undefined }),
    reset: async () => void (at.bus = undefined),
    ...(begin === undefined ? {} : { begin: async (event) => begin(at.bus as B, event) }),
  };
}

const inMemoryBegin = (bus: InMemoryEventBus, event: Parameters<InMemoryEventBus['begin']>[0][number]) => {
  const commit = bus.begin([event]);
  return async () => commit();
};

const broken = [
  ['swallows an error', 'tries a failing event again until it succeeds', sharing((policy) => new SwallowingBus(policy), inMemoryBegin)],
  ['blames an event for an outage', 'waits for as long as something that a handler needs is away, without counting it, and delays no other', sharing((policy) => new BlamingBus(policy), inMemoryBegin)],
  ['acknowledges before the handler has committed', 'gives what a consumer had in hand when it died to another', sharing((policy) => new HastyBus(policy), inMemoryBegin)],
  ['skips what is committed late', 'skips no event that is stored earlier and committed later', sharing((policy) => new SkippingBus(policy), (bus, event) => bus.begin(event))],
] satisfies readonly (readonly [fault: string, promise: string, bus: BusUnderTest])[];

function checkOf(promise: string): Checks[string] {
  const check = eventBusChecks[promise];
  if (check === undefined) throw new Error(`The contract has no promise "${promise}"`);
  return check;
}

// A sound bus keeps the same promises: in-memory-event-bus.spec.ts.
describe('the contract of EventBus catches a bus that', () => {
  it.each(broken)('%s', async (_fault, promise, bus) => {
    await expect(runCheck(bus, checkOf(promise))).rejects.toThrow();
  }, 40_000);
});
