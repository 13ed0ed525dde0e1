import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { currentContext, Tracer } from '@selfos/observability';
import { InMemoryBatchTransaction, InMemoryOnce, InMemoryTransaction } from '@selfos/persistence';
import { EventRejected } from '../event-bus.errors.js';
import type { Definitions } from '../checking/checked-event.js';
import { EventRunner } from './event-runner.js';

const traceId = 'a'.repeat(32);

function registered(change: Record<string, unknown> = {}): Record<string, unknown> {
  const user = uuidv7();
  return {
    specversion: '1.0', id: uuidv7(), source: '/auth', type: 'user.registered', time: '2026-01-05T07:00:00.000Z', datacontenttype: 'application/json',
    userid: user, aggregateid: user, seq: 1, dataversion: 1, traceparent: `00-${traceId}-${'b'.repeat(16)}-01`, data: { user_id: user, timezone: 'Europe/Paris' }, ...change,
  };
}

function runner(definitions?: Definitions): EventRunner {
  const parts = { transaction: new InMemoryTransaction(), batches: new InMemoryBatchTransaction(), once: new InMemoryOnce(), tracer: new Tracer({ service: 'notify' }) };
  return new EventRunner({ consumer: 'notify', ...parts, ...(definitions === undefined ? {} : { definitions }) });
}

describe('EventRunner', () => {
  it('handles an event for its person, in its trace, with itself as the cause', async () => {
    const event = registered();
    const seen: unknown[] = [];
    await runner().run(event, async (checked) => {
      const context = currentContext();
      seen.push(checked, context?.userId, context?.traceId, context?.cause);
    });
    expect(seen).toEqual([event, event['userid'], traceId, { kind: 'event', id: event['id'] }]);
  });

  it('handles an event that comes twice once', async () => {
    const one = runner();
    const event = registered();
    let effects = 0;
    const handle = async () => void (effects += 1);
    await one.run(event, handle);
    await one.run(event, handle);
    expect(effects).toBe(1);
  });

  it('passes a failure on', async () => {
    await expect(runner().run(registered(), () => Promise.reject(new TypeError('broken')))).rejects.toThrow(TypeError);
  });

  it('leaves out what the catalogue does not know, so that producers may add fields', async () => {
    const event = registered();
    const more = { ...event, data: { ...(event['data'] as object), later: 1 } };
    await runner().run(more, async (checked) => expect(checked.data).toEqual(event['data']));
  });

  it.each([
    ['an unknown type', registered({ type: 'user.imagined' })],
    ['another version', registered({ dataversion: 2 })],
    ['another publisher', registered({ source: '/rlhf' })],
    ['data that does not fit', registered({ data: { user_id: 'x' } })],
    ['no envelope', registered({ specversion: '0.3' })],
    ['nothing', null],
  ])('refuses %s', async (_what, event) => {
    const handled: unknown[] = [];
    await expect(runner().run(event, async (checked) => void handled.push(checked))).rejects.toThrow(EventRejected);
    expect(handled).toEqual([]);
  });

  it('handles a batch, each event once, for its person, in the order of its aggregate', async () => {
    const one = runner();
    const user = uuidv7();
    const [first, second, other] = [registered({ userid: user, aggregateid: user, seq: 1 }), registered({ userid: user, aggregateid: user, seq: 2 }), registered()];
    const seen: unknown[] = [];
    await one.run(other, async () => undefined);
    await one.runTogether([second, other, first, second], async ({ seq }) => void seen.push([seq, currentContext()?.userId]), AbortSignal.timeout(1_000));
    expect(seen).toEqual([[1, user], [2, user]]);
  });

  it('refuses a whole batch for one that is invalid, before anything is handled', async () => {
    const handled: unknown[] = [];
    await expect(runner().runTogether([registered(), registered({ dataversion: 9 })], async (event) => void handled.push(event), AbortSignal.timeout(1_000))).rejects.toThrow(EventRejected);
    expect(handled).toEqual([]);
  });

  it('gives a batch up when its time is over', async () => {
    const hanging = runner().runTogether([registered()], () => new Promise(() => undefined), AbortSignal.timeout(20));
    await expect(hanging).rejects.toThrow(/timeout/);
  });
});
