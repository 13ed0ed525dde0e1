import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovableClock, uuidv7, type Uuid } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { InMemoryKeySource } from '@selfos/sealing';
import { InMemoryRemoteSpaces } from '../src/adapters/in-memory/in-memory-remote-spaces.js';
import { InMemoryVectorIndex } from '../src/adapters/in-memory/in-memory-vector-index.js';
import { PineconeVectors } from '../src/adapters/pinecone/pinecone-vectors.js';
import { KeyedVectorCloak } from '../src/adapters/sealing/keyed-vector-cloak.js';
import { VectorIndexUnavailable } from '../src/domain/memory/memory.errors.js';
import { VectorCloak } from '../src/domain/ports/vector-cloak.js';
import { MirroredVectorIndex, type VectorChange } from '../src/domain/search/mirrored-vector-index.js';
import { SendVectors } from '../src/domain/use-cases/send-vectors.js';
import { Booked } from './booked.js';
import { Namespaces } from './pinecone-namespaces.js';
import { type Asked, ProtocolServer, type Reply } from './protocol-server.js';

const east = Float32Array.of(1, 0, 0, 0);
const north = Float32Array.of(0, 1, 0, 0);
const query = { vector: Float32Array.of(0.8, 0.6, 0, 0), k: 5 };
const cloak = new KeyedVectorCloak(new InMemoryKeySource());
const servers: ProtocolServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe('vectors in Pinecone, over its protocol', () => {
  let pinecone: Namespaces;
  let server: ProtocolServer;
  let remote: PineconeVectors;
  const vectorsWithin = (timeoutMs: number): PineconeVectors => new PineconeVectors({ apiKey: 'pc-test', host: server.url, timeoutMs, maxRetries: 2 }, cloak);
  const [ada, ben] = [uuidv7(), uuidv7()];
  const ids = (found: readonly { readonly id: Uuid }[]): Uuid[] => found.map(({ id }) => id);

  beforeEach(async () => {
    pinecone = new Namespaces();
    server = await ProtocolServer.start((asked) => pinecone.answer(asked));
    servers.push(server);
    remote = vectorsWithin(10_000);
  });

  it('are found by their person, in a namespace that does not tell whose it is', async () => {
    await remote.put(ada, [{ id: 'e', vector: east }, { id: 'n', vector: north }]);
    await remote.put(ben, [{ id: 'b', vector: east }]);
    expect(ids(await remote.nearest(ada, query))).toEqual(['e', 'n']);
    expect(ids(await remote.nearest(ben, query))).toEqual(['b']);
    expect([...pinecone.all.keys()].some((name) => name === '' || name.includes(ada) || name.includes(ben))).toBe(false);
    const { headers, body } = server.asked[0] as Asked;
    expect(headers['api-key']).toBe('pc-test');
    expect(JSON.stringify(body)).not.toMatch(/metadata/);
  });

  it('go one by one, or all of one person by their namespace', async () => {
    await remote.put(ada, [{ id: 'e', vector: east }, { id: 'n', vector: north }]);
    await remote.put(ben, [{ id: 'b', vector: east }]);
    await remote.remove(ada, ['e']);
    expect(ids(await remote.nearest(ada, query))).toEqual(['n']);
    await remote.removeAll(ada);
    await remote.removeAll(ada);
    expect(await remote.nearest(ada, query)).toEqual([]);
    expect(ids(await remote.nearest(ben, query))).toEqual(['b']);
    expect(server.asked.filter(({ body }) => body['deleteAll'] === true && body['namespace'] === undefined)).toEqual([]);
  });

  it.each(['', ' ', 'null'])('belong to nobody without an id: %p', async (nobody) => {
    await remote.put(ada, [{ id: 'e', vector: east }]);
    await expect(remote.removeAll(nobody)).rejects.toBeInstanceOf(VectorIndexUnavailable);
    await expect(remote.put(nobody, [{ id: 'x', vector: east }])).rejects.toBeInstanceOf(VectorIndexUnavailable);
    await expect(remote.nearest(nobody, query)).rejects.toBeInstanceOf(VectorIndexUnavailable);
    expect(ids(await remote.nearest(ada, query))).toEqual(['e']);
  });

  it('are sent in parts that the service takes', async () => {
    const many = Array.from({ length: 250 }, (_, index) => ({ id: `v${index}`, vector: east }));
    await remote.put(ada, many);
    expect(server.asked.filter(({ path }) => path === '/vectors/upsert')).toHaveLength(3);
  });

  it.each<[string, Reply]>([
    ['a failure of the server', { status: 503, body: { error: { code: 'UNAVAILABLE', message: 'no' } } }],
    ['too many requests', { status: 429, body: { error: { code: 'TOO_MANY_REQUESTS', message: 'no' } }, headers: { 'retry-after': '0' } }],
    ['a cut connection', 'reset'],
    ['silence', 'hang'],
    ['half a sentence', 'garbage'],
    ['a refused key', { status: 401, body: { error: { code: 'UNAUTHENTICATED', message: 'no' } } }],
  ])('are searched here while Pinecone answers with %s, and sent again until it works', async (_name, fault) => {
    const own = new InMemoryVectorIndex();
    const [booked, spaces] = [new Booked(), new InMemoryRemoteSpaces()];
    const failing = fault === 'hang' ? vectorsWithin(300) : remote;
    const index = new MirroredVectorIndex(own, failing, booked, new MovableClock(), spaces);
    const sendTo = (vectors: PineconeVectors) => new SendVectors(own, vectors, new InMemoryTransaction(), spaces);
    await index.put(ada, 'm', [{ id: 'e', vector: east }]);
    server.fail(fault, 20);
    expect(ids(await index.nearest(ada, 'm', query))).toEqual(['e']);
    await expect(sendTo(failing).execute(ada, booked.requests[0]?.payload as VectorChange)).rejects.toBeInstanceOf(VectorIndexUnavailable);
    server.faults.length = 0;
    await booked.runAll((userId, payload) => sendTo(remote).execute(userId, payload as VectorChange));
    expect(ids(await remote.nearest(ada, query))).toEqual(['e']);
  });

  it('are gone there in the end whatever order the changes arrive in', async () => {
    const own = new InMemoryVectorIndex();
    const [booked, spaces] = [new Booked(), new InMemoryRemoteSpaces()];
    const index = new MirroredVectorIndex(own, remote, booked, new MovableClock(), spaces);
    const send = new SendVectors(own, remote, new InMemoryTransaction(), spaces);
    await index.put(ada, 'm', [{ id: 'e', vector: east }, { id: 'n', vector: north }]);
    await index.remove(ada, 'e');
    booked.requests.reverse();
    await booked.runAll((userId, payload) => send.execute(userId, payload as VectorChange));
    expect(ids(await index.nearest(ada, 'm', query))).toEqual(['n']);
    await index.removeAll(ada);
    await booked.runAll((userId, payload) => send.execute(userId, payload as VectorChange));
    expect(await remote.nearest(ada, query)).toEqual([]);
  });

  it('go also when the key of whoever went is gone', async () => {
    const own = new InMemoryVectorIndex();
    const [booked, spaces] = [new Booked(), new InMemoryRemoteSpaces()];
    const index = new MirroredVectorIndex(own, remote, booked, new MovableClock(), spaces);
    const send = new SendVectors(own, remote, new InMemoryTransaction(), spaces);
    await index.put(ada, 'm', [{ id: 'e', vector: east }]);
    await index.put(ben, 'm', [{ id: 'b', vector: east }]);
    await booked.runAll((userId, payload) => send.execute(userId, payload as VectorChange));
    await index.removeAll(ada);
    const keyless = new PineconeVectors({ apiKey: 'pc-test', host: server.url }, new NoKeys());
    await booked.runAll((userId, payload) => new SendVectors(own, keyless, new InMemoryTransaction(), spaces).execute(userId, payload as VectorChange));
    expect(await remote.nearest(ada, query)).toEqual([]);
    expect(ids(await remote.nearest(ben, query))).toEqual(['b']);
    await expect(remote.removeSpace(' ')).rejects.toBeInstanceOf(VectorIndexUnavailable);
  });
});

class NoKeys extends VectorCloak {
  cloak(): Promise<never> {
    return Promise.reject(new Error('the key is gone'));
  }
  nameOf(): Promise<never> {
    return this.cloak();
  }
}
