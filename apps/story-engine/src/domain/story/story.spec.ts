import { describe, expect, it } from '@jest/globals';
import { STORY_STATES } from '@selfos/contracts';
import { advance, fail, finish, newStory } from './story.js';
import { StoryOver } from './story.errors.js';

const fresh = newStory({ id: 's', userId: 'u', period: { start: '2026-11-09', end: '2026-11-15', zone: 'UTC' }, createdAt: new Date(0) });

describe('a story in the making', () => {
  it('passes the nine states in order and ends done', () => {
    const seen = [fresh.state];
    let story = fresh;
    for (const state of STORY_STATES.slice(0, -1)) {
      story = advance(story, state);
      seen.push(story.state);
      expect(story.status).toBe('running');
    }
    expect(seen).toEqual([...STORY_STATES]);
    expect(finish(story, new Date(5))).toMatchObject({ status: 'generated', state: 'done', generatedAt: new Date(5) });
  });

  it('remembers the state in which it failed, and goes no further', () => {
    const failed = fail(advance(fresh, 'TriggerGeneration'), 'stories.encoding.failed');
    expect(failed).toMatchObject({ status: 'failed', state: 'GatherContent', failure: 'stories.encoding.failed' });
    expect(() => advance(failed, 'GatherContent')).toThrow(StoryOver);
  });
});
