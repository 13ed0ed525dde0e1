import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { eventually, startFaultProxy } from '@selfos/testing';
import { PubSubServer } from '@selfos/testing/pubsub';
import { eventBusContract, QUICK } from '../../test/event-bus.contract.js';
import type { DeliveryPolicy } from '../delivery.js';
import { BusUnavailable } from '../event-bus.errors.js';
import { PubSubEventBus } from './pubsub-event-bus.js';

/** An ack deadline ends after five seconds instead of ten, a pause after a refusal almost at once. */
const PACE = { deadline: 0.5, backoff: 0.005 };
const logger = new Logger({ service: 'test', level: 'CRITICAL' });

describe('on a server that speaks the Pub/Sub protocol', () => {
  const at = { server: new PubSubServer(PACE) };
  const buses: PubSubEventBus[] = [];
  const open = async (policy: DeliveryPolicy, port = at.server.port) => {
    const bus = new PubSubEventBus({ client: { projectId: 'spec', apiEndpoint: `127.0.0.1:${port}`, emulatorMode: true }, logger, policy });
    buses.push(bus);
    return bus;
  };
  const restart = async () => {
    at.server.stop();
    at.server = new PubSubServer(PACE);
    await at.server.start();
  };

  beforeAll(() => at.server.start());
  afterAll(() => at.server.stop());

  eventBusContract('Google Pub/Sub', {
    repeatsPublications: true,
    open,
    openMortal: async (policy) => {
      const proxy = await startFaultProxy(at.server.port);
      return { bus: await open(policy, proxy.port), kill: async () => proxy.cut(true) };
    },
    reset: restart,
  });

  describe('with faults', () => {
    beforeEach(restart);
    afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())));

    it('publishes again when it is refused or the answer is lost', async () => {
      const bus = await open(QUICK);
      const seen = new Set<string>();
      await bus.subscribe({ group: 'g', types: ['a.b'], handler: async ({ id }) => void seen.add(id) });
      const events = Array.from({ length: 20 }, () => ({ id: uuidv7(), type: 'a.b', userid: uuidv7() }));
      at.server.faults.refusedPublishes = 2;
      at.server.faults.lostAnswers = 2;
      for (const event of events) await bus.publish([event]);
      await eventually(() => expect(seen).toEqual(new Set(events.map(({ id }) => id))), { timeoutMs: 30_000 });
    });

    it('keeps a dead letter that could not be published again', async () => {
      const bus = await open({ ...QUICK, maxAttempts: 1 });
      const id = uuidv7();
      await bus.subscribe({ group: 'g', types: ['a.b'], handler: () => Promise.reject(new RangeError('no')) });
      await bus.publish([{ id, type: 'a.b' }]);
      const isThere = async () => expect((await bus.deadLetters('g')).map(({ event }) => event.id)).toEqual([id]);
      await eventually(isThere);
      at.server.faults.refusedPublishes = Infinity;
      await expect(bus.replay('g', id)).rejects.toThrow();
      await eventually(isThere);
    });

    it('begins at the beginning although the first that subscribed could not set the subscription back', async () => {
      const [bus, event] = [await open(QUICK), { id: uuidv7(), type: 'a.b' }];
      await bus.publish([event]);
      at.server.faults.refusedSeeks = Infinity;
      const seen: string[] = [];
      const interest = { group: 'g', types: ['a.b'], handler: async ({ id }: { id: string }) => void seen.push(id) };
      await expect(bus.subscribe(interest)).rejects.toThrow(BusUnavailable);
      at.server.faults.refusedSeeks = 0;
      const subscription = await bus.subscribe(interest);
      await eventually(() => expect(seen).toEqual([event.id]));
      await subscription.close();
      await bus.subscribe(interest); // the second time it goes on where it was
      await bus.publish([{ ...event, id: uuidv7() }]);
      await eventually(() => expect(new Set(seen).size).toBe(2));
      expect(seen).toHaveLength(2);
    });

    it('keeps a message whose handler takes longer than the ack deadline', async () => {
      at.server.stop();
      at.server = new PubSubServer({ deadline: 1, backoff: 0.005 });
      await at.server.start();
      const bus = await open({ ...QUICK, handlerDeadlineMs: 30_000, leaseMs: 40_000 });
      const [attempts, ended]: [number[], number[]] = [[], []];
      const handler = async (_event: unknown, { attempt }: { attempt: number }) => {
        attempts.push(attempt);
        await new Promise((resolve) => setTimeout(resolve, 12_000));
        ended.push(attempt);
      };
      const subscription = await bus.subscribe({ group: 'g', types: ['a.b'], handler });
      await bus.publish([{ id: uuidv7(), type: 'a.b' }]);
      await eventually(() => expect(ended).toEqual([1]), { timeoutMs: 30_000 });
      await subscription.close();
      expect(attempts).toEqual([1]);
    });
  });
});
