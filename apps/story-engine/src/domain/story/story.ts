import { type EnvelopeJson, STORY_STATES } from '@selfos/contracts';
import type { Period } from '../period/period.js';
import { StoryOver } from './story.errors.js';

export type StoryState = (typeof STORY_STATES)[number] | 'done';
/** `waiting`: something that it needs is away. */
export type StoryStatus = 'queued' | 'running' | 'waiting' | 'generated' | 'failed';

/** What is written about the period, as envelopes of the person's `stories` domain. */
export interface StoryTexts {
  readonly title?: EnvelopeJson | undefined;
  readonly narrative?: EnvelopeJson | undefined;
  readonly script?: EnvelopeJson | undefined;
  readonly blogMarkdown?: EnvelopeJson | undefined;
  readonly blogPost?: EnvelopeJson | undefined;
  readonly obsidianNote?: EnvelopeJson | undefined;
}

/** One story of one person: where its making stands, and its words once they exist. */
export interface Story {
  readonly id: string;
  readonly userId: string;
  readonly period: Period;
  readonly status: StoryStatus;
  readonly state: StoryState;
  readonly texts: StoryTexts;
  /** Error code of a failed story. */
  readonly failure: string | undefined;
  readonly createdAt: Date;
  readonly generatedAt: Date | undefined;
}

export function newStory(parts: Pick<Story, 'id' | 'userId' | 'period' | 'createdAt'>): Story {
  return { ...parts, status: 'queued', state: 'TriggerGeneration', texts: {}, failure: undefined, generatedAt: undefined };
}

/** The story after its current state ended well; `texts` are what that state wrote. */
export function advance(story: Story, done: StoryState, texts: StoryTexts = {}): Story {
  if (story.status === 'generated' || story.status === 'failed') throw new StoryOver();
  const next = STORY_STATES[STORY_STATES.findIndex((state) => state === done) + 1];
  return { ...story, status: 'running', state: next ?? 'done', texts: { ...story.texts, ...texts } };
}

/** The story that cannot go on for now; it keeps the state in which that became clear. */
export function wait(story: Story): Story {
  if (story.status === 'generated' || story.status === 'failed') throw new StoryOver();
  return { ...story, status: 'waiting' };
}

export function finish(story: Story, at: Date): Story {
  return { ...advance(story, 'NotifyUser'), status: 'generated', generatedAt: at };
}

/** The story that cannot be made; it keeps the state in which that became clear. */
export function fail(story: Story, failure: string): Story {
  return { ...story, status: 'failed', failure };
}
