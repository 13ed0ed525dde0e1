import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { InMemoryKeySource } from '@selfos/sealing';
import { KeyedVectorCloak } from '../src/adapters/sealing/keyed-vector-cloak.js';
import { BitCodeIndex } from '../src/domain/search/bit-code-index.js';
import { unit } from '../src/domain/search/unit.js';
import { numbers } from './numbers.js';

const DIMENSIONS = 512;
const GUESSES = 5_000;
const STOLEN = 100;

const next = numbers(11);
const normal = (): number => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next());
const centres = Array.from({ length: 40 }, () => Array.from({ length: DIMENSIONS }, normal));

/** Vectors as a language model makes them: gathered around subjects. */
function texts(count: number): Float32Array[] {
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(next() * centres.length)] ?? [];
    return unit(centre.map((value) => value + normal()));
  });
}

function indexOf(vectors: readonly Float32Array[]): BitCodeIndex {
  const all = new Float32Array(vectors.length * DIMENSIONS);
  vectors.forEach((vector, place) => all.set(vector, place * DIMENSIONS));
  return new BitCodeIndex(all, DIMENSIONS);
}

describe('whoever steals a person’s vectors', () => {
  const guesses = texts(GUESSES);
  const cloak = new KeyedVectorCloak(new InMemoryKeySource());

  it('cannot tell by embedding guesses what they were made of', async () => {
    const stolen = await cloak.cloak(uuidv7(), guesses.slice(0, STOLEN));
    const open = indexOf(guesses);
    const hits = stolen.filter((vector, place) => open.nearest(vector, 1)[0]?.place === place).length;
    expect(guesses.slice(0, STOLEN).filter((vector, place) => open.nearest(vector, 1)[0]?.place === place)).toHaveLength(STOLEN);
    expect(hits / STOLEN).toBeLessThanOrEqual(0.01 + 1 / GUESSES);
  });

  it('has what the person still finds just as well', async () => {
    const ada = uuidv7();
    const [questions, cloaked] = [texts(50), indexOf(await cloak.cloak(ada, guesses))];
    const open = indexOf(guesses);
    const asked = await cloak.cloak(ada, questions);
    const same = questions.map((question, place) => {
      const right = new Set(open.nearest(question, 10).map((found) => found.place));
      return cloaked.nearest(asked[place] ?? question, 10).filter((found) => right.has(found.place)).length;
    });
    expect(same.reduce((sum, count) => sum + count, 0) / 500).toBeGreaterThanOrEqual(0.99);
  });
});
