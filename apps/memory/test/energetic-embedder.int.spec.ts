import { afterAll, describe, expect, it } from '@jest/globals';
import { InMemoryKeySource } from '@selfos/sealing';
import { EnergeticEmbedder } from '../src/adapters/energetic/energetic-embedder.js';
import { KeyedVectorCloak } from '../src/adapters/sealing/keyed-vector-cloak.js';
import { dot } from '../src/domain/search/dot.js';

const SENTENCES = ['My knee hurts when I run', 'I have a bad knee', 'I like strong coffee', 'We saved money for a house', 'The cello lesson is on Thursday', 'Grandmother visits us in June'];

describe('the bundled embedding model', () => {
  const embedder = new EnergeticEmbedder();
  afterAll(() => embedder.close());

  it('gives texts of like meaning like vectors, of unit length', async () => {
    const [a, b, c] = await embedder.embed(SENTENCES.slice(0, 3));
    if (a === undefined || b === undefined || c === undefined) throw new Error('a vector is missing');
    expect(a).toHaveLength(embedder.dimensions);
    expect(dot(a, a)).toBeCloseTo(1, 3);
    expect(dot(a, b)).toBeGreaterThan(dot(a, c) + 0.3);
  });

  it('answers several callers, and again after its thread was closed', async () => {
    const [one, two] = await Promise.all([embedder.embed(['tea']), embedder.embed(['tea', 'coffee'])]);
    expect(two[0]).toEqual(one[0]);
    await embedder.close();
    expect(await embedder.embed(['tea'])).toEqual(one);
  });

  it('keeps its distances under a person\'s cloak, and its texts unguessable', async () => {
    const cloak = new KeyedVectorCloak(new InMemoryKeySource());
    const vectors = await embedder.embed(SENTENCES);
    const [mine, yours] = await Promise.all([cloak.cloak('ada', vectors), cloak.cloak('ben', vectors)]);
    vectors.forEach((vector, index) => {
      const [own, other] = [mine[index] ?? vector, yours[index] ?? vector];
      expect(dot(own, mine[0] ?? own)).toBeCloseTo(dot(vector, vectors[0] ?? vector), 3);
      expect(Math.abs(dot(own, vector))).toBeLessThan(0.3);
      expect(Math.abs(dot(own, other))).toBeLessThan(0.3);
    });
    expect(await cloak.cloak('ada', vectors)).toEqual(mine);
  });
});
