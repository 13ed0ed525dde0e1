import { describe, expect, it } from '@jest/globals';
import { LIFE_AREAS } from '@selfos/kernel';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { unsupportedClaims } from './claim-checker.js';
import type { Evidence, Material } from './evidence.js';
import { isSupported, sceneIsSupported, writeStory } from './write-story.js';

const period = { start: '2026-03-02', end: '2026-03-08' };

function done(id: string, title: string, when: { readonly date: string; readonly minutes: number }): Evidence {
  return { kind: 'occurrence', id, taskId: title, title, lifeAreas: [title.startsWith('Call') ? 'relationships' : 'health'], ...when };
}

const WEEK: Material = {
  period,
  evidence: [
    done('o1', 'Morning 15-min workout', { date: '2026-03-02', minutes: 15 }),
    done('o2', 'Morning 15-min workout', { date: '2026-03-04', minutes: 20 }),
    done('o3', 'Morning 15-min workout', { date: '2026-03-06', minutes: 15 }),
    done('o4', 'Call my mother', { date: '2026-03-08', minutes: 25 }),
    { kind: 'goal', id: 'g1', title: 'Run 5 km with Anna', lifeAreas: ['health'], date: '2026-03-06', achieved: true, progress: 1 },
  ],
};

describe('the story of a week', () => {
  it('says what was done, when and how long, and nothing else', () => {
    const story = writeStory(WEEK);
    expect(story.title).toBe('Your week, 2 to 8 March 2026');
    expect(story.scenes.map(({ sentence }) => sentence)).toEqual([
      'You did four things on four days this week.',
      'Together it was 75 minutes.',
      'Morning 15-min workout: three times, on Monday, Wednesday and Friday.',
      'Call my mother: on Sunday.',
      'You reached your goal: Run 5 km with Anna.',
      'The next week starts on Monday.',
    ]);
    expect(story.scenes[1]).toMatchObject({ kind: 'night', figure: '75', figureUnit: 'minutes', days: [15, 0, 20, 0, 15, 0, 25] });
    expect(story.blogMarkdown).toContain('## Health\n\nMorning 15-min workout: three times, on Monday, Wednesday and Friday, 50 minutes.');
    expect(story.noteMarkdown).toMatch(/^---\ntitle: "Your week, 2 to 8 March 2026"\nstart: 2026-03-02\n/);
    expect(story.noteMarkdown).toContain('- [x] Call my mother (25 min)');
    expect(story.caption).toBe('One week, 2 to 8 March 2026: four things done, 75 minutes. Health and relationships.');
  });

  it('is short and honest when the week was quiet', () => {
    const story = writeStory({ period, evidence: [] });
    expect(story.scenes.map(({ sentence }) => sentence)).toEqual(['A quiet week: nothing was ticked off.', 'The next week starts on Monday.']);
    expect(story.sentences).toEqual([{ text: 'A quiet week: nothing was ticked off.', evidenceIds: [] }]);
  });

  it('cites evidence under every sentence that tells of something done', () => {
    for (const { text, evidenceIds } of writeStory(WEEK).sentences) {
      expect({ text, cites: evidenceIds.length > 0 }).toEqual({ text, cites: true });
    }
  });

  it('shows the words of the person as they are, never as markup', () => {
    const hostile = writeStory({ period, evidence: [done('o1', '<script>alert(1)</script> *bold* # [x](http://a.b)', { date: '2026-03-02', minutes: 5 })] });
    expect(hostile.blogMarkdown).toContain('\\<script\\>');
    expect(hostile.blogMarkdown).not.toMatch(/[^\\]<script>/);
  });
});

const evidence = fc
  .array(
    fc.record({
      title: fc.oneof(fc.constantFrom('Walk', 'Call Tom', 'Read 20 pages', 'Write 500 words of “Dune 2”', 'Plan May holidays'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).filter((text) => text.trim() !== '')),
      day: fc.integer({ min: 0, max: 6 }), minutes: fc.integer({ min: 1, max: 600 }), area: fc.constantFrom(...LIFE_AREAS), goal: fc.boolean(), achieved: fc.boolean(), progress: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 25 },
  )
  .map((rows): Evidence[] => rows.map(({ title, day, minutes, area, goal, achieved, progress }, index) => {
    const date = Temporal.PlainDate.from(period.start).add({ days: day }).toString();
    const id = `e${index}`;
    return goal ? { kind: 'goal', id, title, lifeAreas: [area], date, achieved, progress } : { kind: 'occurrence', id, taskId: `t-${title}`, title, lifeAreas: [area], date, minutes };
  }));

describe('stories of any week', () => {
  it('hold no unsupported claim, lose no scene to the checker, and fit their bounds', () => {
    fc.assert(
      fc.property(evidence, (items) => {
        const material = { period, evidence: items };
        const story = writeStory(material);
        expect(story.scenes.length).toBeGreaterThanOrEqual(2);
        expect(story.scenes.length).toBeLessThanOrEqual(12);
        for (const scene of story.scenes) {
          expect(sceneIsSupported(scene, material)).toBe(true);
          expect(scene.sentence.length).toBeLessThanOrEqual(200);
          expect(scene.footnote?.length ?? 0).toBeLessThanOrEqual(160);
          expect(scene.durationSeconds).toBeLessThanOrEqual(20);
        }
        for (const sentence of story.sentences) expect(isSupported(sentence, material)).toBe(true);
        if (items.some(({ kind }) => kind === 'occurrence')) expect(story.scenes[1]?.kind).toBe('night');
      }),
      { numRuns: 150 },
    );
  });
});

describe('the claim checker against a model that invents', () => {
  it.each([
    ['You did five things on four days this week.', 'five'],
    ['Morning 15-min workout: three times, on Monday and Tuesday.', 'Tuesday'],
    ['Together it was 750 minutes.', '750'],
    ['Anna and Bob came along on Monday.', 'Bob'],
    ['You went to Paris on Friday.', 'Paris'],
    ['You did something every day.', 'every day'],
    ['That was your best week.', 'best'],
    ['You felt strong on Monday.', 'felt'],
    ['Amazing work on Monday!', 'Amazing'],
    ['In April you did four things.', 'April'],
    ['You trained twice as long, 100 minutes.', '100'],
  ])('refuses "%s"', (text, claim) => {
    expect(unsupportedClaims({ text, evidenceIds: ['o1', 'o2', 'o3', 'o4', 'g1'] }, WEEK)).toContain(claim);
  });

  it('refuses what is true of the week but not of the records cited', () => {
    expect(unsupportedClaims({ text: 'Together it was 75 minutes.', evidenceIds: ['o1'] }, WEEK)).toEqual(['75']);
    expect(unsupportedClaims({ text: 'You did four things.', evidenceIds: [] }, WEEK)).toEqual(['four']);
    expect(unsupportedClaims({ text: 'You did it.', evidenceIds: ['o9'] }, WEEK)).toEqual(['an id that does not exist']);
  });
});
