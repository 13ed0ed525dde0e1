import { describe, expect, it } from '@jest/globals';
import { canMove, JOB_STATES, moved, openBefore, type JobState } from './job-state.js';

describe('where a job can go', () => {
  const nextOf = (from: JobState) => JOB_STATES.filter((to) => canMove(from, to));

  it('is nowhere from done, and only to a new booking from cancelled and from taken back', () => {
    expect([nextOf('done'), nextOf('cancelled'), nextOf('compensated')]).toEqual([[], ['booked'], ['booked']]);
  });

  it('is through a runner’s hands to every good end', () => {
    expect(JOB_STATES.filter((from) => canMove(from, 'done'))).toEqual(['running']);
    expect(openBefore('compensated')).toEqual(['compensating']);
  });

  it('is to its end from every open state, and what is being taken back is not cancelled again', () => {
    expect(openBefore('cancelled')).toEqual(['booked', 'running', 'waiting']);
    expect(openBefore('compensating')).toEqual(['running', 'waiting']);
  });

  it('does not compile otherwise, and throws where types cannot tell', () => {
    // @ts-expect-error what is done stays done
    expect(() => moved('done', 'running')).toThrow('A job that is done cannot become running');
    expect(moved('booked', 'running')).toBe('running');
  });
});
