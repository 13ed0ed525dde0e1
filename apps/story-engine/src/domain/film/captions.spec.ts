import { describe, expect, it } from '@jest/globals';
import { captionsOf, srtOf, vttOf } from './captions.js';
import type { Scene } from './scene.js';
import { planTimeline } from './timeline.js';

const paper = (sentence: string): Scene => ({ template: 'paper', area: 'health', label: 'Health', sentence });

describe('captions', () => {
  const scenes = [paper('You ran before sunrise, twice.'), paper('Dinner with Grandma Rosa, and after it a walk home that was longer than the dinner, past the river and the mill.')];
  const timeline = planTimeline(scenes.map((scene) => ({ voiceSeconds: 0, words: scene.sentence.split(' ').length, atLeastSeconds: 0 })));
  const cues = captionsOf(scenes, timeline);

  it('say every word once, in order, in lines of at most 42 characters', () => {
    expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(scenes.map((scene) => scene.sentence).join(' '));
    for (const cue of cues) {
      expect(cue.lines.length).toBeLessThanOrEqual(2);
      for (const line of cue.lines) expect(line.length).toBeLessThanOrEqual(42);
    }
  });

  it('follow each other without overlap, inside the bodies', () => {
    for (const [i, cue] of cues.entries()) {
      expect(cue.end).toBeGreaterThan(cue.start);
      expect(cue.start).toBeGreaterThanOrEqual(cues[i - 1]?.end ?? 0);
    }
    expect(cues.at(-1)?.end).toBeLessThan(timeline.frames / 30);
  });

  it('are written as SubRip and as WebVTT', () => {
    const cue = { start: 3661.0004, end: 3662.5, lines: ['5 < 6 & so on'] };
    expect(srtOf([cue])).toBe('1\n01:01:01,000 --> 01:01:02,500\n5 < 6 & so on\n');
    expect(vttOf([cue])).toBe('WEBVTT\n\n01:01:01.000 --> 01:01:02.500\n5 &lt; 6 &amp; so on\n');
  });
});
