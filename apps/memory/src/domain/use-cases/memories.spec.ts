import { beforeEach, describe, expect, it } from '@jest/globals';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { Booked } from '../../../test/booked.js';
import { aDraft } from '../../../test/builders.js';
import { InMemoryVectorIndex } from '../../adapters/in-memory/in-memory-vector-index.js';
import { NoCloak, openEnvelopeOf, PlainTexts } from '../../adapters/in-memory/plain-texts.js';
import { WordEmbedder } from '../../adapters/in-memory/word-embedder.js';
import { InMemoryMemoryRepository } from '../../repositories/in-memory/in-memory-memory-repository.js';
import { MemoryEnded, MemoryNotFound } from '../memory/memory.errors.js';
import { supersede } from '../memory/memory.js';
import { MemoryReader } from '../search/memory-reader.js';
import { MissingVectors } from '../search/missing-vectors.js';
import { SemanticIndex } from '../search/semantic-index.js';
import { CorrectMemory } from './correct-memory.js';
import { ForgetEverything } from './forget-everything.js';
import { ForgetMemory } from './forget-memory.js';
import { ListMemories } from './list-memories.js';
import { MemorySettings } from './memory-settings.js';
import { Recall } from './recall.js';
import { Remember } from './remember.js';

const ADA = uuidv7();

class Untouched extends WordEmbedder {
  override embed(): Promise<never> {
    throw new Error('nothing is embedded while memory is paused');
  }
}

class Unopened extends PlainTexts {
  override open(): Promise<never> {
    throw new Error('nothing is opened while memory is paused');
  }

  override openQuery(): Promise<never> {
    return this.open();
  }
}

function house() {
  const memories = new InMemoryMemoryRepository();
  const transaction = new InMemoryTransaction();
  const clock = new MovableClock();
  const texts = new PlainTexts();
  const semantics = new SemanticIndex(new WordEmbedder(), new NoCloak(), new InMemoryVectorIndex());
  const reader = new MemoryReader(memories, texts, transaction);
  return {
    memories, clock,
    remember: new Remember(memories, reader, semantics, transaction, clock),
    recall: new Recall(reader, texts, semantics, new MissingVectors(new Booked(), transaction, clock), clock),
    correct: new CorrectMemory(memories, texts, semantics, transaction, clock),
    forgetAll: new ForgetEverything(memories, semantics, transaction),
    settings: new MemorySettings(memories, transaction),
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
    expect(await selfos.remember.execute(ADA, drafts)).toEqual({ recorded: drafts.map(({ id }) => id), merged: [], rejected: [] });
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
    expect(await selfos.remember.execute(ADA, [again])).toEqual({ recorded: [again.id], merged: [], rejected: [] });
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
    expect(await selfos.remember.execute(ADA, [draft])).toEqual({ recorded: [], merged: [], rejected: [] });
    expect(await listed()).toEqual([]);
    await expect(selfos.forget.execute(ADA, draft.id)).rejects.toBeInstanceOf(MemoryNotFound);
  });
});

describe('what contradicts', () => {
  const on = (day: string): Date => new Date(day);

  async function say(text: string, day: string, type: 'preference' | 'goal' = 'preference'): Promise<void> {
    selfos.clock.advance(on(day).getTime() - selfos.clock.nowMs());
    await selfos.remember.execute(ADA, [aDraft({ text, type, validFrom: on(day) })]);
  }

  it('closes what held before, and both can be found by their time', async () => {
    await say('I live in Paris', '2026-01-10');
    await say('I moved to Lyon', '2026-06-01');
    selfos.clock.advance(on('2026-07-01').getTime() - selfos.clock.nowMs());
    expect(await recalled('where do I live?')).toEqual(['I moved to Lyon']);
    expect((await recalled('where did I live in March?'))[0]).toBe('I live in Paris');
    expect(await listed()).toEqual(['I moved to Lyon', 'I live in Paris']);
    const [lyon, paris] = (await selfos.list.execute(ADA, { limit: 2 }, {})).items;
    expect(paris).toMatchObject({ validTo: on('2026-06-01'), supersededBy: lyon?.id });
  });

  it('is put into the past when it is heard late', async () => {
    await say('I moved to Lyon', '2026-06-01');
    await selfos.remember.execute(ADA, [aDraft({ text: 'I live in Paris', validFrom: on('2026-01-10') })]);
    expect(await recalled('where do I live?')).toEqual(['I moved to Lyon']);
  });

  it('counts within one batch, and a wish contradicts nothing', async () => {
    await selfos.remember.execute(ADA, [aDraft({ text: 'I love coffee' }), aDraft({ text: 'I do not like coffee' })]);
    await say('I want to drink coffee', '2036-08-01', 'goal');
    expect((await recalled('coffee')).sort()).toEqual(['I do not like coffee', 'I want to drink coffee']);
  });
});

describe('what is not borne out', () => {
  it('is rejected, and kept when it comes with its words', async () => {
    const invented = { ...aDraft({ text: 'I know John Doe' }), source: { kind: 'message', id: uuidv7(), start: 0, end: 5 } } as const;
    const retold = { ...aDraft({ text: 'likes tea' }), source: { kind: 'message', id: uuidv7(), start: 0, end: 10 }, quote: openEnvelopeOf('I like tea') } as const;
    expect(await selfos.remember.execute(ADA, [invented, retold])).toEqual({ recorded: [retold.id], merged: [], rejected: [invented.id] });
    expect(await listed()).toEqual(['likes tea']);
  });
});

describe('the person', () => {
  it('corrects what is remembered, and it is found by its new words', async () => {
    const draft = aDraft({ text: 'I play the cello' });
    await selfos.remember.execute(ADA, [draft]);
    await selfos.correct.execute(ADA, draft.id, { text: openEnvelopeOf('I play the viola'), type: 'routine' });
    expect(await recalled('viola')).toEqual(['I play the viola']);
    await expect(selfos.correct.execute(uuidv7(), draft.id, { type: 'goal' })).rejects.toBeInstanceOf(MemoryNotFound);
  });

  it('cannot rewrite the past', async () => {
    const draft = aDraft({ text: 'I live in Paris' });
    await selfos.remember.execute(ADA, [draft]);
    await selfos.remember.execute(ADA, [aDraft({ text: 'I moved to Lyon' })]);
    await expect(selfos.correct.execute(ADA, draft.id, { type: 'goal' })).rejects.toBeInstanceOf(MemoryEnded);
  });

  it('pauses: nothing is learned, nothing recalled, and all is there afterwards', async () => {
    await selfos.remember.execute(ADA, [aDraft({ text: 'I like tea' })]);
    expect(await selfos.settings.execute(ADA, { paused: true })).toEqual({ paused: true });
    expect(await selfos.remember.execute(ADA, [aDraft({ text: 'I like wine' })])).toEqual({ recorded: [], merged: [], rejected: [] });
    expect(await recalled('tea')).toEqual([]);
    await selfos.settings.execute(ADA, { paused: false });
    expect(await recalled('tea or wine')).toEqual(['I like tea']);
  });

  it('costs nothing while it is paused: no word is opened and none embedded', async () => {
    await selfos.remember.execute(ADA, [aDraft({ text: 'I like tea' })]);
    await selfos.settings.execute(ADA, { paused: true });
    const { memories, clock } = selfos;
    const transaction = new InMemoryTransaction();
    const semantics = new SemanticIndex(new Untouched(), new NoCloak(), new InMemoryVectorIndex());
    const reader = new MemoryReader(memories, new Unopened(), transaction);
    const recall = new Recall(reader, new Unopened(), semantics, new MissingVectors(new Booked(), transaction, clock), clock);
    expect(await recall.execute(ADA, { query: { id: uuidv7(), text: openEnvelopeOf('tea') }, k: 10 })).toEqual([]);
    const remember = new Remember(memories, reader, semantics, transaction, clock);
    expect(await remember.execute(ADA, [aDraft({ text: 'I like wine' })])).toEqual({ recorded: [], merged: [], rejected: [] });
  });

  it('forgets everything', async () => {
    const drafts = [aDraft({ text: 'I like tea' }), aDraft({ text: 'I swim' })];
    await selfos.remember.execute(ADA, drafts);
    await selfos.forgetAll.execute(ADA);
    expect(await listed()).toEqual([]);
    expect(await selfos.remember.execute(ADA, drafts)).toEqual({ recorded: [], merged: [], rejected: [] });
  });
});
