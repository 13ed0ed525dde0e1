import { describe, expect, it } from '@jest/globals';
import { cutTimeline, planTimeline, travelOf, voiceStart } from './timeline.js';

const scene = (voiceSeconds: number, words: number) => ({ voiceSeconds, words, atLeastSeconds: 0 });

describe('the timeline', () => {
  it('gives a scene the longer of its voice and its reading time', () => {
    const { scenes } = planTimeline([scene(5, 3), scene(1, 10), scene(0, 1)]);
    expect(scenes.map((one) => one.body)).toEqual([168, 120, 66]);
  });

  it('shares a joint between neighbours and has none at the ends', () => {
    const { scenes, frames } = planTimeline([scene(0, 4), scene(0, 4), scene(0, 4)]);
    expect(scenes.map((one) => [one.jointIn, one.jointOut, one.bodyStart])).toEqual([[0, 15, 0], [15, 15, 81], [15, 0, 162]]);
    expect(frames).toBe(3 * 66 + 2 * 15);
    expect(scenes.map(travelOf)).toEqual([81, 96, 81]);
  });

  it('starts the voice inside the body', () => {
    const { scenes } = planTimeline([scene(2, 4), scene(2, 4)]);
    expect(scenes.map(voiceStart)).toEqual([0.2, (78 + 15 + 6) / 30]);
  });

  it('cuts at the end of a scene, never inside one', () => {
    const whole = planTimeline([scene(9.4, 4), scene(9.4, 4), scene(9.4, 4)]);
    expect(cutTimeline(whole, 60)).toBe(whole);
    const cut = cutTimeline(whole, 25);
    expect(cut.scenes).toHaveLength(2);
    expect(cut.frames).toBe(300 + 15 + 300);
    expect(cut.scenes.at(-1)?.jointOut).toBe(0);
    expect(cutTimeline(whole, 1).scenes).toHaveLength(1);
  });
});
