import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { ADA, aGoalDraft, anEnvelope } from '../../../../test/builders.js';
import { inMemoryBackend } from '../../../../test/in-memory-backend.js';
import { changed, newGoal, progressOf } from './goal.js';

const now = new Date('2026-11-23T05:00:00Z');
const milestone = (done: boolean) => ({ id: uuidv7(), title: anEnvelope('goals.milestone.title'), due_date: null, done });

describe('a goal', () => {
  const goal = newGoal(aGoalDraft({ milestones: [milestone(false), milestone(false)] }), { planId: null, now });

  it('follows its milestones unless it is told its progress', () => {
    expect(progressOf([milestone(true), milestone(false)])).toBe(0.5);
    expect(changed(goal, { milestones: [milestone(true), milestone(false)] }, now)).toMatchObject({ progress: 0.5, status: 'active' });
    expect(changed(goal, { milestones: [milestone(true), milestone(false)], progress: 0.1 }, now).progress).toBe(0.1);
    expect(progressOf([])).toBe(0);
  });

  it('is achieved by full progress, by the last milestone, or by being called so', () => {
    for (const change of [{ progress: 1 }, { milestones: [milestone(true)] }, { status: 'achieved' as const }]) {
      expect(changed(goal, change, now)).toMatchObject({ status: 'achieved', progress: 1, achieved_at: now.toISOString() });
    }
  });

  it('stays dropped when it is dropped at full progress', () => {
    expect(changed(goal, { status: 'dropped', progress: 1 }, now)).toMatchObject({ status: 'dropped', achieved_at: null });
  });

  it('tells of its achievement once, however often it is reached again', async () => {
    const backend = inMemoryBackend();
    let current = await backend.goalBook.add(ADA, aGoalDraft(), null);
    for (const change of [{ progress: 1 }, { progress: 0.5 }, { progress: 1 }, { status: 'active' as const, progress: 0 }, { status: 'achieved' as const }]) current = await backend.goalBook.change(ADA, current, change);
    expect(backend.outbox.events.filter(({ type }) => type === 'goal.achieved')).toHaveLength(1);
    expect(current).toMatchObject({ status: 'achieved', version: 6 });
  });
});
