import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, requireRealPart } from '@selfos/testing';
import { MemoryBed } from './memory-bed.js';
import { Namespaces } from './pinecone-namespaces.js';
import { ProtocolServer } from './protocol-server.js';

requireRealPart('postgres')('memory with its vectors in Pinecone and its embeddings from Ollama', () => {
  const pinecone = new Namespaces();
  let vectors: ProtocolServer;
  let ollama: ProtocolServer;
  let bed: MemoryBed;
  beforeAll(async () => {
    vectors = await ProtocolServer.start((asked) => pinecone.answer(asked));
    ollama = await ProtocolServer.start(({ body }) => ({ status: 200, body: { embeddings: (body['input'] as string[]).map((text) => Array.from({ length: 768 }, (_, index) => Math.cos(index * text.length))) } }));
    bed = await MemoryBed.start({ PINECONE_API_KEY: 'pc-test', PINECONE_HOST: vectors.url, EMBEDDING_PROVIDER: 'ollama', OLLAMA_HOST: ollama.url });
  });
  afterAll(async () => {
    await bed.stop();
    await Promise.all([vectors.stop(), ollama.stop()]);
  });

  const stored = (): number => [...pinecone.all.values()].reduce((sum, space) => sum + space.size, 0);

  it('sends them there after the commit, searches there, and deletes them with the rest', async () => {
    const ada = bed.person();
    await ada.remember({ text: 'I have a bad knee' }, { text: 'I like strong coffee' });
    await eventually(() => expect(stored()).toBe(2));
    const before = vectors.asked.length;
    expect((await ada.recall('how is my knee?', 1))).toEqual(['I have a bad knee']);
    expect(vectors.asked.slice(before).map(({ path }) => path)).toEqual(['/query']);
    await ada.forgetAll();
    await eventually(() => expect(stored()).toBe(0));
  });

  it('asks and sends nobody anything for a person who wants privacy, and finds by words; takes it up again when they want it no longer', async () => {
    const [ada, grace] = [bed.person(), bed.person()];
    await ada.withhold(true, 2);
    const asked = (): number => vectors.asked.length + ollama.asked.length;
    const before = asked();
    const { recorded: [id = ''] } = await ada.remember({ text: 'I like green tea' });
    expect(await ada.recall('what tea do I like?', 1)).toEqual(['I like green tea']);
    await ada.correct(id, { text: 'I like black tea' });
    expect(await ada.recall('what tea do I like?', 1)).toEqual(['I like black tea']);
    await grace.remember({ text: 'I like green tea' });
    await eventually(() => expect(stored()).toBeGreaterThan(0));
    const texts = ollama.asked.flatMap(({ body }) => body['input'] as string[]);
    expect(texts.filter((text) => /black tea|what tea/.test(text))).toEqual([]);
    expect(asked()).toBeGreaterThan(before);
    expect(JSON.stringify(vectors.asked.map(({ body }) => body))).not.toContain(id);
    await ada.withhold(false, 3);
    expect(await ada.recall('what tea do I like?', 1)).toEqual(['I like black tea']);
    await eventually(() => expect(ollama.asked.flatMap(({ body }) => body['input'] as string[])).toContain('I like black tea'));
  });

  it('finds by words alone while neither answers', async () => {
    const ada = bed.person();
    await ada.remember({ text: 'I play the cello' });
    vectors.fail({ status: 500, body: {} }, 50);
    ollama.fail({ status: 500, body: {} }, 50);
    expect(await ada.recall('the cello', 1)).toEqual(['I play the cello']);
    vectors.faults.length = 0;
    ollama.faults.length = 0;
  });
});
