import { expect, it } from '@jest/globals';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { InMemoryVectorIndex } from '../src/adapters/in-memory/in-memory-vector-index.js';
import { NoCloak, openEnvelopeOf, PlainTexts } from '../src/adapters/in-memory/plain-texts.js';
import { WordEmbedder } from '../src/adapters/in-memory/word-embedder.js';
import type { Embedder } from '../src/domain/ports/embedder.js';
import { MemoryReader } from '../src/domain/search/memory-reader.js';
import { MissingVectors } from '../src/domain/search/missing-vectors.js';
import { SemanticIndex } from '../src/domain/search/semantic-index.js';
import { EmbedMissing } from '../src/domain/use-cases/embed-missing.js';
import { Recall } from '../src/domain/use-cases/recall.js';
import { Remember } from '../src/domain/use-cases/remember.js';
import { InMemoryMemoryRepository } from '../src/repositories/in-memory/in-memory-memory-repository.js';
import { Booked } from './booked.js';
import { aDraft } from './builders.js';

const ADA = uuidv7();
const ANIMALS = 'badger beaver camel cheetah dolphin donkey falcon ferret gazelle giraffe hamster hedgehog iguana jackal koala lemur leopard lobster magpie narwhal octopus ostrich panther parrot penguin pigeon puffin rabbit raccoon salmon'.split(' ');

/** Any embedding model can take the place of another, of other dimensions or not, while questions are asked. */
export function modelSwitchContract(open: () => Embedder): void {
  it('takes over in the background, and every question is answered meanwhile', async () => {
    const memories = new InMemoryMemoryRepository();
    const [transaction, clock, texts, vectors, booked] = [new InMemoryTransaction(), new MovableClock(), new PlainTexts(), new InMemoryVectorIndex(), new Booked()];
    const reader = new MemoryReader(memories, texts, transaction);
    const before = new SemanticIndex(new WordEmbedder(), new NoCloak(), vectors);
    const after = new SemanticIndex(open(), new NoCloak(), vectors);
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
}
