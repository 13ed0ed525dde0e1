import { describe, expect, it } from '@jest/globals';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { Booked } from '../../../test/booked.js';
import { aDraft } from '../../../test/builders.js';
import { InMemoryVectorIndex } from '../../adapters/in-memory/in-memory-vector-index.js';
import { NoCloak, openEnvelopeOf, PlainTexts } from '../../adapters/in-memory/plain-texts.js';
import { WordEmbedder } from '../../adapters/in-memory/word-embedder.js';
import { InMemoryMemoryRepository } from '../../repositories/in-memory/in-memory-memory-repository.js';
import { MemoryReader } from '../search/memory-reader.js';
import { MissingVectors } from '../search/missing-vectors.js';
import { SemanticIndex } from '../search/semantic-index.js';
import { EmbedMissing } from './embed-missing.js';
import { Recall } from './recall.js';
import { Remember } from './remember.js';

const ADA = uuidv7();
const ANIMALS = 'badger beaver camel cheetah dolphin donkey falcon ferret gazelle giraffe hamster hedgehog iguana jackal koala lemur leopard lobster magpie narwhal octopus ostrich panther parrot penguin pigeon puffin rabbit raccoon salmon'.split(' ');

class OtherEmbedder extends WordEmbedder {
  override readonly model = 'other-64';
}

describe('another embedding model', () => {
  it('takes over in the background, and every question is answered meanwhile', async () => {
    const memories = new InMemoryMemoryRepository();
    const [transaction, clock, texts, vectors, booked] = [new InMemoryTransaction(), new MovableClock(), new PlainTexts(), new InMemoryVectorIndex(), new Booked()];
    const reader = new MemoryReader(memories, texts, transaction);
    const before = new SemanticIndex(new WordEmbedder(), new NoCloak(), vectors);
    const after = new SemanticIndex(new OtherEmbedder(), new NoCloak(), vectors);
    await new Remember(memories, reader, before, transaction, clock).execute(ADA, ANIMALS.map((animal) => aDraft({ text: `I once saw the ${animal}` })));

    const recall = new Recall(reader, texts, after, new MissingVectors(booked, transaction, clock), clock);
    const ask = async (animal: string): Promise<string | undefined> => {
      const [found] = await recall.execute(ADA, { query: { id: uuidv7(), text: openEnvelopeOf(`where is the ${animal}?`) }, k: 1 });
      return found?.memory.text.c;
    };
    expect(await ask('koala')).toBe('I once saw the koala');
    expect(booked.requests).toHaveLength(1);

    const working = booked.runAll((userId) => new EmbedMissing(reader, after, transaction).execute(userId));
    const answers = await Promise.all(ANIMALS.map(ask));
    await working;
    expect(answers).toEqual(ANIMALS.map((animal) => `I once saw the ${animal}`));
    const ids = (await memories.findAll(ADA)).map(({ id }) => id);
    expect(await after.present(ADA, ids)).toHaveLength(ANIMALS.length);
    await booked.runAll(() => Promise.resolve());
    await ask('koala');
    expect(booked.requests).toEqual([]);
  });
});
