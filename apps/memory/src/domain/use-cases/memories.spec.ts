import { beforeEach, describe, expect, it } from '@jest/globals';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { aDraft } from '../../../test/builders.js';
import { InMemoryVectorIndex } from '../../adapters/in-memory/in-memory-vector-index.js';
import { NoCloak, openEnvelopeOf, PlainTexts } from '../../adapters/in-memory/plain-texts.js';
import { WordEmbedder } from '../../adapters/in-memory/word-embedder.js';
import { InMemoryMemoryRepository } from '../../repositories/in-memory/in-memory-memory-repository.js';
import { MemoryNotFound } from '../memory/memory.errors.js';
import { supersede } from '../memory/memory.js';
import { SemanticIndex } from '../search/semantic-index.js';
import { ForgetMemory } from './forget-memory.js';
import { ListMemories } from './list-memories.js';
import { Recall } from './recall.js';
import { Remember } from './remember.js';

const ADA = uuidv7();

function house() {
  const memories = new InMemoryMemoryRepository();
  const transaction = new InMemoryTransaction();
  const clock = new MovableClock();
  const texts = new PlainTexts();
  const semantics = new SemanticIndex(new WordEmbedder(), new NoCloak(), new InMemoryVectorIndex());
  return {
    memories, clock,
    remember: new Remember(memories, texts, semantics, transaction, clock),
    recall: new Recall(memories, texts, semantics, transaction, clock),
    list: new ListMemories(memories, transaction),
    forget: new ForgetMemory(memories, semantics, transaction),
  };
}

let selfos: ReturnType<typeof house>;
beforeEach(() => {
  selfos = house();
});

async function recalled(question: string, k = 10): Promise<string[]> {
  const found = await selfos.recall.execute(ADA, { query: { id: uuidv7(), text: openEnvelopeOf(question) }, k });
  return found.map(({ memory }) => memory.text.c);
}

async function listed(): Promise<string[]> {
  return (await selfos.list.execute(ADA, { limit: 50 }, {})).items.map(({ text }) => text.c);
}

describe('remembering', () => {
  it('keeps a batch and says which', async () => {
    const drafts = [aDraft({ text: 'I like tea' }), aDraft({ text: 'I swim on Mondays', type: 'routine' })];
    expect(await selfos.remember.execute(ADA, drafts)).toEqual({ recorded: drafts.map(({ id }) => id), merged: [] });
    expect(await listed()).toHaveLength(2);
  });

  it('gives the same answer to the same batch again, and keeps nothing twice', async () => {
    const drafts = [aDraft({ text: 'I like tea' }), aDraft({ text: 'I like tea!' })];
    const first = await selfos.remember.execute(ADA, drafts);
    expect(first.merged).toEqual([{ id: drafts[1]?.id, into: drafts[0]?.id }]);
    expect(await selfos.remember.execute(ADA, drafts)).toEqual(first);
    expect(await listed()).toEqual(['I like tea']);
  });

  it('keeps the same words as memories of two types apart', async () => {
    await selfos.remember.execute(ADA, [aDraft({ text: 'run a marathon', type: 'goal' }), aDraft({ text: 'run a marathon', type: 'achievement' })]);
    expect(await listed()).toHaveLength(2);
  });

  it('merges into memories that still hold, not into those that ended', async () => {
    const old = aDraft({ text: 'I live in Paris' });
    await selfos.remember.execute(ADA, [old]);
    const [memory] = (await selfos.list.execute(ADA, { limit: 1 }, {})).items;
    if (memory === undefined) throw new Error('it was just kept');
    await selfos.memories.save(ADA, supersede(memory, uuidv7(), selfos.clock.now()));
    const again = aDraft({ text: 'I live in Paris' });
    expect(await selfos.remember.execute(ADA, [again])).toEqual({ recorded: [again.id], merged: [] });
  });
});

describe('recalling', () => {
  beforeEach(async () => {
    await selfos.remember.execute(ADA, ['I have a bad knee', 'I like strong coffee', 'I play the cello'].map((text) => aDraft({ text })));
  });

  it('puts what the question is about first', async () => {
    expect((await recalled('coffee or tea?'))[0]).toBe('I like strong coffee');
    expect(await recalled('my knees hurt', 1)).toEqual(['I have a bad knee']);
  });

  it('leaves out what no longer holds', async () => {
    const [cello] = (await selfos.list.execute(ADA, { limit: 50 }, {})).items.filter(({ text }) => text.c.includes('cello'));
    if (cello === undefined) throw new Error('it was just kept');
    await selfos.memories.save(ADA, supersede(cello, uuidv7(), selfos.clock.now()));
    expect(await recalled('cello')).not.toContain('I play the cello');
  });

  it('finds nothing for somebody who said nothing', async () => {
    expect(await selfos.recall.execute(uuidv7(), { query: { id: uuidv7(), text: openEnvelopeOf('knee') }, k: 10 })).toEqual([]);
  });
});

describe('forgetting', () => {
  it('erases for good', async () => {
    const draft = aDraft({ text: 'a secret' });
    await selfos.remember.execute(ADA, [draft]);
    await selfos.forget.execute(ADA, draft.id);
    expect(await selfos.remember.execute(ADA, [draft])).toEqual({ recorded: [], merged: [] });
    expect(await listed()).toEqual([]);
    await expect(selfos.forget.execute(ADA, draft.id)).rejects.toBeInstanceOf(MemoryNotFound);
  });
});
