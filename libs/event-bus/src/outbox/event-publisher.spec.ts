import { describe, expect, it } from '@jest/globals';
import { cloudEventSchema, events } from '@selfos/contracts';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { rootContext, runInContext } from '@selfos/observability';
import { InMemoryOutbox } from '@selfos/persistence';
import { EventPublisher } from './event-publisher.js';

const clock = new MovableClock();
clock.freeze(Date.parse('2026-01-05T07:00:00Z'));

function publisher(service: 'auth' | 'backend' = 'auth') {
  const outbox = new InMemoryOutbox();
  return { outbox, publisher: new EventPublisher(outbox, clock, service) };
}

describe('EventPublisher', () => {
  it('puts a CloudEvent into the outbox, for the current person, in domain time and in the current trace', async () => {
    const { outbox, publisher: publish } = publisher();
    const user = uuidv7();
    const context = rootContext({ kind: 'request', id: 'r' }, { userId: user });
    const id = await runInContext(context, () => publish.publish(events.userRegistered, { aggregateId: user, data: { user_id: user, timezone: 'UTC' } }));
    expect(outbox.events).toMatchObject([{ id, type: 'user.registered', aggregate: 'user', aggregateId: user, userId: user, traceId: context.traceId }]);
    const payload = outbox.events[0]?.payload as Record<string, unknown>;
    expect(cloudEventSchema.safeParse({ ...payload, seq: 1 }).success).toBe(true);
    expect(payload).toMatchObject({ time: '2026-01-05T07:00:00.000Z', source: '/auth', userid: user, dataversion: 1 });
    expect(payload['traceparent']).toContain(context.traceId);
  });

  it('refuses an event of another service', async () => {
    const user = uuidv7();
    const publishing = publisher('backend').publisher.publish(events.userRegistered, { aggregateId: user, userId: user, data: { user_id: user, timezone: 'UTC' } });
    await expect(publishing).rejects.toThrow('published by auth');
  });

  it('refuses data that does not fit, naming the place and not the value', async () => {
    const user = uuidv7();
    const publishing = publisher().publisher.publish(events.userRegistered, { aggregateId: user, userId: user, data: { user_id: user, timezone: 'Private/Words' } });
    await expect(publishing).rejects.toThrow(/at \/data\/timezone$/);
  });

  it('refuses an event that belongs to nobody', async () => {
    const user = uuidv7();
    await expect(publisher().publisher.publish(events.userRegistered, { aggregateId: user, data: { user_id: user, timezone: 'UTC' } })).rejects.toThrow('is there a person?');
  });
});
