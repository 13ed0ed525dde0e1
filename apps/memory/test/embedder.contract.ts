import { afterEach, expect, it } from '@jest/globals';
import { EmbedderUnavailable } from '../src/domain/memory/memory.errors.js';
import type { Embedder } from '../src/domain/ports/embedder.js';
import { dot } from '../src/domain/search/dot.js';
import type { ProtocolServer, Reply } from './protocol-server.js';

/** How long silence is borne where an answer follows it, and where none does. */
const SILENCE_MS = 3_000;
const SILENCE_FOREVER_MS = 300;

interface Opened {
  readonly embedder: Embedder;
  embedderWithin(timeoutMs: number): Embedder;
  readonly server: ProtocolServer;
  readonly shorter: Reply;
}

/** What every embedder in another place must do; `server` speaks its protocol. Within its tries it survives two failures in a row. */
export function embedderContract(open: () => Opened): void {
  afterEach(() => {
    open().server.faults.length = 0;
  });

  it('gives one vector of unit length per text, in order', async () => {
    const { embedder } = open();
    const texts = ['tea', 'coffee', 'tea', ''];
    const [tea, coffee, again, nothing] = await embedder.embed(texts);
    if (tea === undefined || coffee === undefined || again === undefined) throw new Error('a vector is missing');
    expect(tea).toHaveLength(embedder.dimensions);
    expect(dot(tea, tea)).toBeCloseTo(1, 5);
    expect(again).toEqual(tea);
    expect(coffee).not.toEqual(tea);
    expect(nothing).toHaveLength(embedder.dimensions);
  });

  it('asks nothing for nothing, and splits what is too much for one request', async () => {
    const { embedder, server } = open();
    const before = server.asked.length;
    expect(await embedder.embed([])).toEqual([]);
    expect(server.asked).toHaveLength(before);
    const many = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    const vectors = await embedder.embed(many);
    expect(vectors).toHaveLength(300);
    expect(server.asked.length - before).toBeGreaterThan(1);
    expect(vectors[299]).toEqual((await embedder.embed(['text 299']))[0]);
  });

  it.each<[string, Reply]>([
    ['too many requests, with Retry-After', { status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after': '0' } }],
    ['an overload', { status: 529, body: { error: 'overloaded' }, headers: { 'retry-after': '0' } }],
    ['a failure of the server', { status: 503, body: { error: 'no' }, headers: { 'retry-after': '0' } }],
    ['a cut connection', 'reset'],
    ['silence', 'hang'],
  ])('survives %s', async (_name, fault) => {
    const { embedder, embedderWithin, server } = open();
    server.fail(fault, 2);
    expect(await (fault === 'hang' ? embedderWithin(SILENCE_MS) : embedder).embed(['tea'])).toHaveLength(1);
  });

  it.each<[string, Reply, number]>([
    ['always fails', { status: 500, body: { error: 'no' }, headers: { 'retry-after': '0' } }, 9],
    ['refuses the key', { status: 401, body: { error: { message: 'no' } } }, 9],
    ['answers half a sentence', 'garbage', 9],
    ['answers an error with 200', { status: 200, body: { error: { message: 'no' } } }, 9],
    ['never answers', 'hang', 9],
  ])('says that it is unavailable when the server %s', async (_name, fault, times) => {
    const { embedder, embedderWithin, server } = open();
    server.fail(fault, times);
    await expect((fault === 'hang' ? embedderWithin(SILENCE_FOREVER_MS) : embedder).embed(['tea'])).rejects.toBeInstanceOf(EmbedderUnavailable);
  });

  it('takes no vectors of another length', async () => {
    const { embedder, server, shorter } = open();
    server.fail(shorter);
    await expect(embedder.embed(['tea'])).rejects.toBeInstanceOf(EmbedderUnavailable);
  });
}
