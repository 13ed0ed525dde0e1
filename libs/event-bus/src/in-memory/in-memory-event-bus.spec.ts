import { InMemoryEventBus } from './in-memory-event-bus.js';
import { eventBusContract } from '../../test/event-bus.contract.js';

const shared: { bus: InMemoryEventBus | undefined } = { bus: undefined };

eventBusContract('in memory', {
  open: async (policy) => (shared.bus ??= new InMemoryEventBus(policy)),
  reset: async () => {
    shared.bus = undefined;
  },
});
