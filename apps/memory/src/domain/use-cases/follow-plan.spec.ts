import { beforeEach, describe, expect, it } from '@jest/globals';
import { MovableClock, uuidv7, type Uuid } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { InMemoryVectorIndex } from '../../adapters/in-memory/in-memory-vector-index.js';
import { NoCloak, openEnvelopeOf, PlainTexts } from '../../adapters/in-memory/plain-texts.js';
import { WordEmbedder } from '../../adapters/in-memory/word-embedder.js';
import { numbers } from '../../../test/numbers.js';
import { InMemoryMemoryRepository } from '../../repositories/in-memory/in-memory-memory-repository.js';
import { InMemoryPlanBook } from '../../repositories/in-memory/in-memory-plan-book.js';
import type { Memory } from '../memory/memory.js';
import { MemoryNotFound } from '../memory/memory.errors.js';
import type { PlannedMemory, PlanState } from '../plans/plan-book.js';
import { MemoryReader } from '../search/memory-reader.js';
import { SemanticIndex } from '../search/semantic-index.js';
import { FollowPlan } from './follow-plan.js';
import { ForgetMemory } from './forget-memory.js';
import { Remember } from './remember.js';

const ADA = uuidv7();
const WORDS = 'garden violin harbour lantern meadow pepper saddle tunnel velvet walnut anchor basket candle desert ember falcon glacier hammock island jungle'.split(' ');

describe('memories that follow a plan', () => {
  let memories: InMemoryMemoryRepository;
  let plans: InMemoryPlanBook;
  let remember: Remember;
  let follow: FollowPlan;
  let forget: ForgetMemory;
  const clock = new MovableClock();

  beforeEach(() => {
    memories = new InMemoryMemoryRepository();
    plans = new InMemoryPlanBook();
    const transaction = new InMemoryTransaction();
    const semantics = new SemanticIndex(new WordEmbedder(), new NoCloak(), new InMemoryVectorIndex());
    remember = new Remember(memories, new MemoryReader(memories, new PlainTexts(), transaction), semantics, transaction, clock);
    follow = new FollowPlan(plans, memories, semantics, remember, transaction);
    forget = new ForgetMemory(memories, semantics, transaction);
  });

  async function said(text: string): Promise<Uuid> {
    const id = uuidv7();
    await remember.execute(ADA, [{ id, type: 'preference', text: openEnvelopeOf(text), source: { kind: 'event', id: uuidv7() }, validFrom: clock.now() }]);
    clock.advance(1_000);
    return id;
  }

  const remembers = (text: string): PlannedMemory => ({ op: 'remember', id: uuidv7(), type: 'preference', text: openEnvelopeOf(text) });
  const forgets = (id: Uuid): PlannedMemory => ({ op: 'forget', id });

  async function becomes(planId: Uuid, [state, seq]: readonly [PlanState['state'], number], planned: readonly PlannedMemory[]): Promise<void> {
    await plans.tell(ADA, { planId, seq, state, at: clock.now(), memories: planned });
    await follow.execute(ADA, planId);
    clock.advance(1_000);
  }
  const all = (): Promise<readonly Memory[]> => memories.findAll(ADA);
  const texts = async (): Promise<string[]> => (await all()).filter(({ validTo }) => validTo === null).map(({ text }) => text.c).sort();

  it('are kept, with the plan as their source, and close what they contradict', async () => {
    const plan = uuidv7();
    await said('I live in Paris');
    await becomes(plan, ['applied', 1], [remembers('I live in Lyon')]);
    expect(await texts()).toEqual(['I live in Lyon']);
    expect((await all()).map(({ source }) => source.kind)).toEqual(['event', 'plan']);
  });

  it('are as they were before when the plan is undone', async () => {
    const [plan, home] = [uuidv7(), await said('I live in Paris')];
    const tea = await said('I like tea');
    const before = await all();
    const planned = [remembers('I live in Lyon'), remembers('I like tea'), remembers('I love the sea'), forgets(tea), forgets(uuidv7())];
    await becomes(plan, ['applied', 1], planned);
    expect(await texts()).toEqual(['I live in Lyon', 'I love the sea']);
    await becomes(plan, ['undone', 2], planned);
    expect(await all()).toEqual(before);
    expect(before.map(({ id }) => id)).toEqual([home, tea]);
  });

  it('end the same in whatever order and however often that is told', async () => {
    const next = numbers(3);
    for (const round of WORDS) {
      const [plan, gone] = [uuidv7(), await said(`I like the ${round}`)];
      const before = await all();
      const planned = [remembers(`I want a ${round}`), forgets(gone)];
      const isUndone = next() < 0.6;
      const news = [...Array.from({ length: 3 }, () => ['applied', 1] as const), ...(isUndone ? [['undone', 2] as const, ['undone', 2] as const] : [])].sort(() => next() - 0.5);
      for (const one of news) await becomes(plan, one, planned);
      if (isUndone) expect(await all()).toEqual(before);
      else expect(await texts()).toEqual([...before.filter(({ id, validTo }) => id !== gone && validTo === null).map(({ text }) => text.c), `I want a ${round}`].sort());
    }
  });

  it('leave a later truth in place when the plan is undone', async () => {
    const plan = uuidv7();
    await said('I live in Paris');
    const planned = [remembers('I live in Lyon')];
    await becomes(plan, ['applied', 1], planned);
    const rome = await said('I live in Rome');
    await becomes(plan, ['undone', 2], planned);
    expect(await texts()).toEqual(['I live in Rome']);
    expect((await all()).find(({ text }) => text.c === 'I live in Paris')?.supersededBy).toBe(rome);
  });

  it('stay hidden while any plan forgets them', async () => {
    const [one, other, tea] = [uuidv7(), uuidv7(), await said('I like tea')];
    await becomes(one, ['applied', 1], [forgets(tea)]);
    await becomes(other, ['applied', 1], [forgets(tea)]);
    await becomes(one, ['undone', 2], [forgets(tea)]);
    expect(await texts()).toEqual([]);
    await becomes(other, ['undone', 2], [forgets(tea)]);
    expect(await texts()).toEqual(['I like tea']);
  });

  it('are gone for good when the person deletes them, whatever becomes of the plan', async () => {
    const [plan, tea] = [uuidv7(), await said('I like tea')];
    await becomes(plan, ['applied', 1], [forgets(tea)]);
    await forget.execute(ADA, tea);
    await becomes(plan, ['undone', 2], [forgets(tea)]);
    expect(await all()).toEqual([]);
    await expect(forget.execute(ADA, tea)).rejects.toThrow(MemoryNotFound);
  });

  it('are forgotten for good when the plan can no longer be undone', async () => {
    const [plan, tea] = [uuidv7(), await said('I like tea')];
    const planned = [forgets(tea), remembers('I like coffee')];
    await becomes(plan, ['applied', 1], planned);
    await follow.finish(ADA, plan);
    expect(await memories.findEvenHidden(ADA, tea)).toBeUndefined();
    await becomes(plan, ['undone', 2], []);
    expect(await texts()).toEqual(['I like coffee']);
  });

  it('take nothing from an undone plan whose news came first', async () => {
    const plan = uuidv7();
    const planned = [remembers('I like coffee')];
    await becomes(plan, ['undone', 2], planned);
    await becomes(plan, ['applied', 1], planned);
    expect(await all()).toEqual([]);
  });
});
