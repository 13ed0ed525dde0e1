import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { commonConfig, loadConfig } from '@selfos/config';
import { routes } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { EventBus, type BusEvent } from '@selfos/event-bus';
import { InternalClient, ServiceDirectory, ServiceTokens, startService, type RunningService } from '@selfos/http';
import { uuidv7 } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifest } from '../src/index.js';
import { RlhfModule } from '../src/rlhf.module.js';
import { ADA, BOB, CONVERSATION, sealedFor } from './builders.js';

requireRealPart('postgres')('rlhf over HTTP', () => {
  const home = mkdtempSync(join(tmpdir(), 'rlhf-'));
  let database: TestDatabase;
  let service: RunningService;
  let client: InternalClient;
  let tokens: ServiceTokens;

  beforeAll(async () => {
    database = await databaseFor('rlhf_app');
    const config = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: '0', DATABASE_URL: database.url });
    const directory = new ServiceDirectory();
    service = await startService({ manifest, config, module: RlhfModule.with(config), directory, logger: new Logger({ service: 'rlhf', level: 'CRITICAL' }) });
    tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
    client = new InternalClient({ tokens, directory, tracer: new Tracer({ service: 'gateway' }), calls: ['rlhf'] });
  });
  afterAll(async () => {
    await client.close();
    await service.close();
    await database.drop();
  });

  const as = async <T>(userId: string, work: () => Promise<T>): Promise<T> => {
    const userToken = await tokens.forPerson({ userId, sessionId: 's', permissions: ['read:own_data', 'write:own_data'], tier: 'standard', lifetimeSeconds: 60 });
    return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId, userToken }), work);
  };
  const give = (body: Parameters<typeof bodyOf>[0] = {}, idempotencyKey?: string, userId = ADA) =>
    as(userId, () => client.call(routes.giveFeedback, { body: bodyOf(body), ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }));
  const bodyOf = ({ id = uuidv7(), rating = 4 }: { id?: string; rating?: number }) => ({ id, conversation_id: CONVERSATION, rating, correction: sealedFor(id) });
  const list = (userId = ADA) => as(userId, () => client.call(routes.listFeedback, { query: {} }));

  it('keeps feedback, lists it to its person only and tells the others', async () => {
    const told: BusEvent[] = [];
    await service.app.get(EventBus).subscribe({ group: 'spec', types: ['feedback.recorded'], handler: async (event) => void told.push(event) });
    const given = await give();
    expect(given).toMatchObject({ conversation_id: CONVERSATION, message_id: null, rating: 4, correction: sealedFor(given.id) });
    expect((await list()).items).toEqual([given]);
    expect((await list(BOB)).items).toEqual([]);
    await eventually(() => expect(told).toMatchObject([{ userid: ADA, aggregateid: given.id, data: { id: given.id, rating: 4 } }]));
  });

  it('takes a repeated request once and answers it alike', async () => {
    const id = uuidv7();
    const first = await give({ id }, 'key-1');
    const before = (await list()).items.length;
    expect(await give({ id }, 'key-1')).toEqual(first);
    expect((await list()).items).toHaveLength(before);
    await expect(give({ id, rating: 1 }, 'key-1')).rejects.toMatchObject({ code: 'http.idempotency.key-reused' });
  });

  it('refuses what cannot be kept, and says why', async () => {
    await expect(give({ rating: 6 })).rejects.toMatchObject({ kind: 'invalid', issues: [{ pointer: '/rating' }] });
    const { id } = await give();
    await expect(give({ id })).rejects.toMatchObject({ code: 'rlhf.feedback.id-taken' });
    await expect(give({}, undefined, BOB)).rejects.toMatchObject({ code: 'rlhf.correction.misplaced', issues: [{ pointer: '/correction' }] });
  });
});
