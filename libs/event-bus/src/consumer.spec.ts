import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { Consumer, type Delivery } from './consumer.js';
import { DEFAULT_POLICY } from './delivery.js';

const logger = new Logger({ service: 'test', level: 'CRITICAL' });
const delivery = (place: string): Delivery<string> => ({ event: { id: uuidv7(), type: 'a.b' }, attempt: 1, place, readAt: 0 });

describe('a consumer', () => {
  it('begins nothing that arrives while it closes, and gives it back', async () => {
    const begun: string[] = [];
    const end = Promise.withResolvers<void>();
    const interest = { group: 'g', types: ['a.b'], handler: (event: { id: string }) => (begun.push(event.id), end.promise) };
    const consumer = new Consumer<string>({ interest, logger, policy: DEFAULT_POLICY, settle: async () => undefined });
    const [running, late] = [delivery('running'), delivery('late')];
    consumer.offer([running]);
    const closed = consumer.close();
    consumer.offer([late]);
    end.resolve();
    const left = [...(await closed), ...(await consumer.close())];
    expect(begun).toEqual([running.event.id]);
    expect(left.map(({ place }) => place)).toEqual(['late']);
  });
});
