import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SealedCopyJson } from '@selfos/contracts';
import { defineError, MovableClock, uuidv7, type Uuid } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { Work, type EnqueueOutcome, type EnqueueRequest } from '@selfos/work';
import { InMemoryLessonStore } from '../../adapters/in-memory/in-memory-lesson-store.js';
import { learnedFromSaid } from '../learning/learned.js';
import { LessonBook } from '../learning/lesson-book.js';
import { LessonDesk } from '../learning/lesson-desk.js';
import type { Lesson } from '../learning/lessons.js';
import { LessonWords } from '../ports/lesson-words.js';
import { Memories, type NewMemory } from '../ports/memories.js';
import { type Observation, Observations } from '../ports/observations.js';
import { LearnBatch } from './learn-batch.js';

const ADA = uuidv7();
const WINDOW = 2_000;

class Away extends defineError('test.memory.away', 'unavailable', 'Memory is away') {}
class Refused extends defineError('test.memory.refused', 'invalid', 'Memory refuses this') {}

class BookedWork extends Work {
  readonly booked: EnqueueRequest[] = [];
  enqueue(request: EnqueueRequest): Promise<EnqueueOutcome> {
    this.booked.push(request);
    return Promise.resolve('created');
  }
  cancel(): Promise<boolean> {
    return Promise.resolve(false);
  }
  retry(): Promise<boolean> {
    return Promise.resolve(false);
  }
  find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/** Words that lie open in the ciphertext; `broken` cannot be opened. */
class OpenWords extends LessonWords {
  open(_userId: Uuid, words: SealedCopyJson): Promise<string> {
    if (words.envelope.c === 'broken') throw new SyntaxError('a text that must not be kept');
    return Promise.resolve(words.envelope.c);
  }
}

class KeptMemories extends Memories {
  withhold(): Promise<void> {
    throw new Error('learning decides about no privacy');
  }
  readonly kept = new Map<Uuid, NewMemory>();
  calls = 0;
  answer: (memories: readonly NewMemory[]) => void = () => undefined;
  recall(): Promise<[]> {
    throw new Error('learning never recalls');
  }
  remember(_userId: Uuid, memories: readonly NewMemory[]): Promise<void> {
    this.calls += 1;
    this.answer(memories);
    for (const memory of memories) this.kept.set(memory.id, memory);
    return Promise.resolve();
  }
}

class ToldObservations extends Observations {
  readonly told = new Map<Uuid, Observation>();
  tell(_userId: Uuid, seen: readonly Observation[]): Promise<void> {
    for (const one of seen) this.told.set(one.id, one);
    return Promise.resolve();
  }
}

describe('learning in batches', () => {
  let work: BookedWork;
  let store: InMemoryLessonStore;
  let memories: KeptMemories;
  let observations: ToldObservations;
  let book: LessonBook;
  let learn: LearnBatch;
  const clock = new MovableClock();

  beforeEach(() => {
    clock.freeze(Date.parse('2026-03-04T08:00:00Z'));
    work = new BookedWork();
    store = new InMemoryLessonStore();
    memories = new KeptMemories();
    observations = new ToldObservations();
    book = new LessonBook(store, { work, clock, windowMs: WINDOW });
    learn = new LearnBatch(new LessonDesk(store, book, new InMemoryTransaction()), { words: new OpenWords(), memories, observations });
  });

  const copy = (text: string): SealedCopyJson => ({ oid: uuidv7(), ctx: 'conversations.message.text', envelope: { v: 1, s: 1, uid: ADA, oid: ADA, ctx: 'a.b.c', rev: 'a', wid: 'a:a', r: [], m: 'a', n: 'a', c: text } });
  const said = (text: string): Lesson => ({ kind: 'said', id: uuidv7(), said_at: clock.now().toISOString(), message: copy(text) });
  const texts = (): string[] => [...memories.kept.values()].map(({ text }) => text);

  it('makes one job of what comes within the window, and one call to memory of that', async () => {
    for (const text of ['I have a bad knee', 'I like tea', 'I live in Paris']) await book.add(ADA, said(text));
    expect(work.booked).toMatchObject([{ key: `${ADA}/1`, runAt: new Date(clock.nowMs() + WINDOW), payload: { batch: 1 } }]);
    expect(await learn.execute(ADA, 1)).toEqual({ learned: 3, failed: 0 });
    expect(texts()).toEqual(['I have a bad knee', 'I like tea', 'I live in Paris']);
    expect(memories.calls).toBe(1);
    await book.add(ADA, said('I like coffee'));
    expect(work.booked.map(({ key }) => key)).toEqual([`${ADA}/1`, `${ADA}/2`]);
  });

  it('learns what came after the batch was taken with the next one', async () => {
    await book.add(ADA, said('I like tea'));
    memories.answer = () => void book.add(ADA, said('I like coffee'));
    await learn.execute(ADA, 1);
    memories.answer = () => undefined;
    expect(work.booked.at(-1)?.key).toBe(`${ADA}/2`);
    await learn.execute(ADA, 2);
    expect(texts()).toEqual(['I like tea', 'I like coffee']);
  });

  it('takes what is too much for one batch with the next one', async () => {
    for (let count = 0; count < 205; count += 1) await book.add(ADA, said('Thanks'));
    await book.add(ADA, said('I like tea'));
    expect(await learn.execute(ADA, 1)).toEqual({ learned: 200, failed: 0 });
    expect(work.booked.map(({ key }) => key)).toEqual([`${ADA}/1`, `${ADA}/2`]);
    expect(await learn.execute(ADA, 2)).toEqual({ learned: 6, failed: 0 });
    expect([texts(), work.booked.length]).toEqual([['I like tea'], 2]);
  });

  it('keeps what failed, by the code of the error, and tries it twice more beside the others', async () => {
    const broken = said('broken');
    await book.add(ADA, broken);
    for (let batch = 1; batch <= 3; batch += 1) {
      await book.add(ADA, said(`I like ${'abc'.charAt(batch - 1)}pple`));
      expect(await learn.execute(ADA, batch)).toEqual({ learned: 1, failed: 1 });
    }
    await book.add(ADA, said('I like plums'));
    expect(await learn.execute(ADA, 4)).toEqual({ learned: 1, failed: 0 });
    expect(store.faultOf(ADA, broken.id)).toEqual({ failures: 3, fault: 'SyntaxError' });
    expect(texts()).toHaveLength(4);
  });

  it('finds the one that memory refuses, and keeps the others', async () => {
    memories.answer = (all) => {
      if (all.some(({ text }) => text.includes('bad'))) throw new Refused();
    };
    for (const text of ['I like tea', 'I have a bad knee', 'I like coffee']) await book.add(ADA, said(text));
    expect(await learn.execute(ADA, 1)).toEqual({ learned: 2, failed: 1 });
    expect(texts()).toEqual(['I like tea', 'I like coffee']);
  });

  it('loses nothing while memory is away, and blames no lesson for it', async () => {
    const tea = said('I like tea');
    await book.add(ADA, tea);
    memories.answer = () => {
      throw new Away();
    };
    await expect(learn.execute(ADA, 1)).rejects.toThrow(Away);
    memories.answer = () => undefined;
    expect(await learn.execute(ADA, 1)).toEqual({ learned: 1, failed: 0 });
    expect(texts()).toEqual(['I like tea']);
  });

  it('ends the same when it is done again from the beginning', async () => {
    const lessons = [said('I like tea so much, lol gonna drink it'), said('I am a shy person')];
    for (const one of [...lessons, ...lessons]) await book.add(ADA, one);
    await learn.execute(ADA, 1);
    const first = [[...memories.kept.keys()], [...observations.told]];
    for (const one of lessons) await book.add(ADA, one);
    await learn.execute(ADA, 2);
    expect([[...memories.kept.keys()], [...observations.told]]).toEqual(first);
  });

  it('takes back from the profile what was taken back', async () => {
    const occurrence = uuidv7();
    await book.add(ADA, { kind: 'done', id: uuidv7(), occurrence_id: occurrence, seq: 1, title: copy('Swim'), local_date: '2026-03-04', done_at: '2026-03-04T07:10:00Z', timezone: 'Europe/Paris', life_areas: ['health'] });
    await learn.execute(ADA, 1);
    expect(observations.told.get(occurrence)).toMatchObject({ seq: 1, cues: [{ kind: 'hour', hour: 8 }, { kind: 'areas', areas: ['health'] }] });
    await book.add(ADA, { kind: 'taken_back', id: uuidv7(), occurrence_id: occurrence, seq: 2, at: '2026-03-04T09:00:00Z' });
    await learn.execute(ADA, 2);
    expect(observations.told.get(occurrence)).toMatchObject({ seq: 2, cues: [] });
    expect(memories.kept.size).toBe(0);
  });

  it('makes no memory of foreign words, whatever they say', async () => {
    const message = { id: uuidv7(), said_at: '2026-03-04T08:00:00Z' };
    expect((await learnedFromSaid(message, 'I live in Paris', 'said')).memories).toHaveLength(1);
    expect(await learnedFromSaid(message, 'I want to kill myself and I live in Paris', 'said')).toEqual({ memories: [], seen: [] });
    expect(await learnedFromSaid(message, 'I live in Paris and I am an organized person', 'foreign')).toEqual({ memories: [], seen: [] });
  });
});
