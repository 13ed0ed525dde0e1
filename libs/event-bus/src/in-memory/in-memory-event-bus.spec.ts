import { InMemoryEventBus } from './in-memory-event-bus.js';
import { eventBusContract } from '../../test/event-bus.contract.js';

const shared: { bus: InMemoryEventBus } = { bus: new InMemoryEventBus() };
const open = async (policy: ConstructorParameters<typeof InMemoryEventBus>[0]) => (shared.bus = Object.assign(new InMemoryEventBus(policy), storageOf(shared.bus)));

/** What a bus of this process keeps is its fields: another one over the same storage shares them. */
function storageOf(bus: InMemoryEventBus): object {
  return Object.fromEntries(['log', 'known', 'groups'].map((field) => [field, Reflect.get(bus, field)]));
}

eventBusContract('in memory', {
  open,
  openMortal: async (policy) => {
    const bus = await open(policy);
    return { bus, kill: async () => void bus.close() };
  },
  begin: async (event) => {
    const commit = shared.bus.begin([event]);
    return async () => commit();
  },
  reset: async () => {
    shared.bus = new InMemoryEventBus();
  },
});
