import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EnvelopeJson, StoryScript } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { MovableClock, type Page } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { DatabaseUnavailable, InMemoryOutbox } from '@selfos/persistence';
import { eventually } from '@selfos/testing';
import { InMemoryJobs, InMemoryWork, InMemoryWorkStore, InMemoryWorkTransaction, WorkRunner } from '@selfos/work';
import { weekEndingOn } from '../../period/period.js';
import { Storyteller, type ToldStory } from '../../ports/storyteller.js';
import { StoryRepository } from '../../story/story.repository.js';
import { newStory, type Story } from '../../story/story.js';
import { MAKE_STORY, MakeStory, type StoryMakers } from './make-story.js';
import { StoryProgress } from './story-progress.js';

const ADA = '01900000-0000-7000-8000-00000000000a';
const STORY = '01900000-0000-7000-8000-0000000000b1';
const MINUTE_MS = 60_000;

/** Shaped like an envelope; nothing here opens it. */
const SEALED: EnvelopeJson = { v: 1, s: 1, uid: ADA, oid: STORY, ctx: 'stories.story.title', rev: '1:0:a', wid: 'edge:1', r: [{ t: 'd', k: 'stories:1', w: 'AA' }], m: 'AA', n: 'AA', c: 'AA' };

class OneStory extends StoryRepository {
  readonly seen = new Set<string>();

  constructor(public story: Story) {
    super();
  }

  async add(): Promise<void> {}
  async find(): Promise<Story> {
    return this.story;
  }
  async getForChange(): Promise<Story> {
    return this.story;
  }
  async save(story: Story): Promise<void> {
    this.story = story;
    this.seen.add(`${story.status} ${story.state}`);
  }
  async list(): Promise<Page<Story>> {
    return { items: [this.story] };
  }
  async saveFiles(): Promise<void> {}
  async files(): Promise<ReadonlyMap<string, []>> {
    return new Map<string, []>();
  }
  async removeAll(): Promise<void> {}
}

/** ai-engine, which is away until `backAtMs`. */
class AbsentTeller extends Storyteller {
  readonly triesMs: number[] = [];

  constructor(
    private readonly nowMs: () => number,
    private readonly backAtMs: number,
  ) {
    super();
  }

  async tell(): Promise<ToldStory> {
    this.triesMs.push(this.nowMs());
    if (this.nowMs() < this.backAtMs) throw new DatabaseUnavailable();
    return { title: SEALED, narrative: SEALED, script: SEALED, blogMarkdown: SEALED, obsidianNote: SEALED };
  }
}

function makers(storyteller: Storyteller, stories: OneStory): StoryMakers {
  const script: StoryScript = { title: 'A week', caption: 'One week.', scenes: [] };
  return {
    storyteller,
    gather: { execute: async () => [], current: async () => stories.story },
    script: { execute: async () => script },
    film: { plan: async () => ({ scenes: [], frames: 0 }), shoot: async () => [] },
    texts: { execute: async () => ({ files: [], blogPost: SEALED }) },
    vault: { keepOnly: async () => undefined },
  } as unknown as StoryMakers;
}

describe('a story whose writer is away', () => {
  let nowMs: number;
  const logger = new Logger({ service: 'spec', level: 'CRITICAL' });

  beforeEach(() => {
    nowMs = Date.parse('2026-11-22T20:00:00Z');
  });

  /** The story of a week whose teller is away for some minutes; moves the time on, a step at every look, until `until` is true. */
  async function tellAfter(awayMinutes: number, stepMs: number, until: (stories: OneStory) => boolean) {
    const clock = new MovableClock();
    clock.freeze(nowMs);
    const jobs = new InMemoryJobs(() => nowMs);
    const transaction = new InMemoryWorkTransaction(jobs);
    const outbox = new InMemoryOutbox();
    const stories = new OneStory(newStory({ id: STORY, userId: ADA, period: weekEndingOn('2026-11-22', 'Europe/Paris'), createdAt: clock.now() }));
    const teller = new AbsentTeller(() => nowMs, nowMs + awayMinutes * MINUTE_MS);
    const handler = new MakeStory(new StoryProgress(stories, new EventPublisher(outbox, clock, 'story-engine'), clock), makers(teller, stories));
    const runner = new WorkRunner({ store: new InMemoryWorkStore(jobs), transaction, clock, logger }, [handler], { pollMs: 5 });
    await new InMemoryWork(jobs).enqueue({ kind: MAKE_STORY, key: STORY, userId: ADA, runAt: clock.now() });
    await runner.start();
    const goOn = (): void => {
      nowMs += stepMs;
      runner.wake();
      expect(until(stories)).toBe(true);
    };
    try {
      await eventually(goOn, { timeoutMs: 20_000, everyMs: 10 });
    } finally {
      await runner.stop();
    }
    return { stories, teller };
  }

  it('waits for half an hour, shows that it waits, and is told all the same', async () => {
    const { stories, teller } = await tellAfter(30, MINUTE_MS / 4, ({ story }) => story.status === 'generated');
    expect([...stories.seen]).toContain('waiting AnalyzeNarrative');
    const pauses = teller.triesMs.slice(1).map((at, index) => at - (teller.triesMs[index] ?? 0));
    expect(Math.max(...pauses)).toBeLessThan(6 * MINUTE_MS);
    expect(pauses.length).toBeGreaterThan(5);
  });

  it('is given up after half a day', async () => {
    const { stories } = await tellAfter(14 * 60, 6 * MINUTE_MS, ({ story }) => story.status === 'failed');
    expect(stories.story).toMatchObject({ state: 'AnalyzeNarrative', failure: 'persistence.database.unavailable' });
  });
});
