import { describe, expect, it } from '@jest/globals';
import type { ProfileCue } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { numbers } from '../../../test/numbers.js';
import { choose } from './choose.js';
import { foldProfile } from './fold-profile.js';
import { ProfileValueUnknown } from './profile.errors.js';
import { type Observation, TRAITS } from './profile.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const DAY = 86_400_000;

function seen(cues: readonly ProfileCue[], daysAgo = 0): Observation {
  return { id: uuidv7(), at: new Date(NOW.getTime() - daysAgo * DAY), cues };
}
const times = (count: number, cues: readonly ProfileCue[], daysAgo = 0): Observation[] => Array.from({ length: count }, () => seen(cues, daysAgo));
const casual: ProfileCue = { kind: 'style', style: 'casual' };
const formal: ProfileCue = { kind: 'style', style: 'formal' };
const at = (hour: number): ProfileCue => ({ kind: 'hour', hour });

describe('a profile', () => {
  it('says nothing that rests on fewer than five observations', () => {
    const every: ProfileCue[] = [casual, at(7), { kind: 'areas', areas: ['health'] }, { kind: 'trigger', trigger: 'family' }, ...TRAITS.map((trait): ProfileCue => ({ kind: 'trait', trait, toward: 1, weight: 1 }))];
    expect(foldProfile(times(4, every), {}, NOW)).toEqual({});
    expect(Object.keys(foldProfile(times(5, every), {}, NOW)).sort()).toEqual(['communication_style', 'life_area_weights', 'motivation_triggers', 'peak_hours', ...TRAITS].sort());
  });

  it('counts a message once, however many cues it gives', () => {
    expect(foldProfile([seen(Array.from({ length: 9 }, () => casual))], {}, NOW)).toEqual({});
  });

  it('follows what is seen most, the fresh before the old', () => {
    const old = times(10, [formal], 365);
    expect(foldProfile([...old, ...times(5, [casual])], {}, NOW).communication_style).toMatchObject({ value: 'casual', observations: 15 });
    expect(foldProfile([...old, ...times(5, [casual], 365)], {}, NOW).communication_style?.value).toBe('formal');
  });

  it('names no style when none is the usual one', () => {
    const mixed = [...times(4, [formal]), ...times(4, [casual]), ...times(4, [{ kind: 'style', style: 'motivational' } as const])];
    expect(foldProfile(mixed, {}, NOW).communication_style).toBeUndefined();
  });

  it('finds the hours of most completions', () => {
    const done = [...times(6, [at(7)]), ...times(5, [at(8)]), ...times(1, [at(13)]), ...times(6, [at(21)])];
    expect(foldProfile(done, {}, NOW).peak_hours?.value).toEqual([7, 8, 21]);
  });

  it('shares the weight of life areas by what was done', () => {
    const done = [...times(6, [{ kind: 'areas', areas: ['health'] } as const]), ...times(4, [{ kind: 'areas', areas: ['career', 'finance'] } as const])];
    expect(foldProfile(done, {}, NOW).life_area_weights?.value).toEqual({ health: 0.6, career: 0.2, finance: 0.2 });
  });

  it('lists a trigger only when it was itself seen five times, the strongest first', () => {
    const moved = [...times(5, [{ kind: 'trigger', trigger: 'family' } as const]), ...times(7, [{ kind: 'trigger', trigger: 'progress' } as const]), ...times(4, [{ kind: 'trigger', trigger: 'money' } as const])];
    expect(foldProfile(moved, {}, NOW).motivation_triggers?.value).toEqual(['progress', 'family']);
  });

  it('moves a trait from the middle by as much as was said, and is never sure of it', () => {
    const trait = (toward: 1 | -1): ProfileCue => ({ kind: 'trait', trait: 'extraversion', toward, weight: 1 });
    const few = foldProfile(times(5, [trait(-1)]), {}, NOW).extraversion;
    const many = foldProfile(times(100, [trait(-1)]), {}, NOW).extraversion;
    expect(few?.value).toBe(0.25);
    expect(many?.value).toBeLessThan(0.05);
    expect(many?.confidence).toBeLessThanOrEqual(0.6);
    expect(foldProfile([...times(5, [trait(1)]), ...times(5, [trait(-1)])], {}, NOW).extraversion).toMatchObject({ value: 0.5, confidence: 0 });
  });

  it('names what each value rests on, the newest first', () => {
    const all = Array.from({ length: 30 }, (_, day) => seen([casual], day));
    const style = foldProfile(all, {}, NOW).communication_style;
    expect(style).toMatchObject({ observations: 30, evidence: all.slice(0, 20).map(({ id }) => id) });
  });

  it('grows less sure with time, and says the same', () => {
    const all = [...times(6, [casual, at(7)]), ...times(3, [formal, at(20)])];
    const later = foldProfile(all, {}, new Date(NOW.getTime() + 200 * DAY));
    const now = foldProfile(all, {}, NOW);
    expect([later.communication_style?.value, later.peak_hours?.value]).toEqual([now.communication_style?.value, now.peak_hours?.value]);
    expect(later.communication_style?.confidence).toBeLessThan(now.communication_style?.confidence ?? 0);
  });

  it('is the same in whatever order things were seen', () => {
    const next = numbers(7);
    const random = Array.from({ length: 200 }, () => seen([next() < 0.6 ? casual : formal, at(Math.floor(next() * 24)), { kind: 'areas', areas: next() < 0.5 ? ['health'] : ['career'] }], Math.floor(next() * 300)));
    const shuffled = [...random].sort(() => next() - 0.5);
    expect(foldProfile(shuffled, {}, NOW)).toEqual(foldProfile(random, {}, NOW));
  });
});

describe('what the person decides', () => {
  const learned = times(6, [casual, at(7)], 1);
  const decide = (changes: Parameters<typeof choose>[1], before = {}) => choose(before, changes, { profile: foldProfile(learned, before, NOW), now: NOW });

  it('stands against whatever is learned, for ever', () => {
    const choices = decide({ communication_style: { value: 'formal' }, peak_hours: { locked: true } });
    const much = [...learned, ...times(900, [casual, at(22)])];
    const years = new Date(NOW.getTime() + 3000 * DAY);
    expect(foldProfile(much, choices, years)).toMatchObject({ communication_style: { value: 'formal', locked: true, confidence: 1 }, peak_hours: { value: [7], locked: true } });
  });

  it('may set what was never seen, and refuses to lock what is not known', () => {
    expect(foldProfile([], decide({ openness: { value: 0.9 } }), NOW).openness).toEqual({ value: 0.9, confidence: 1, observations: 0, evidence: [], locked: true });
    expect(() => decide({ openness: { locked: true } })).toThrow(ProfileValueUnknown);
    expect(() => decide({ peak_hours: { locked: true, reset: true } })).toThrow(ProfileValueUnknown);
  });

  it('gives a value back to learning', () => {
    const locked = decide({ communication_style: { value: 'formal' } });
    const free = decide({ communication_style: { locked: false } }, locked);
    expect(foldProfile(learned, free, NOW).communication_style).toMatchObject({ value: 'casual', locked: false });
  });

  it('forgets what one value rests on, and leaves the others', () => {
    const choices = decide({ communication_style: { reset: true } });
    expect(Object.keys(foldProfile(learned, choices, NOW))).toEqual(['peak_hours']);
    const after = Array.from({ length: 5 }, () => ({ ...seen([formal]), at: new Date(NOW.getTime() + DAY) }));
    expect(foldProfile([...learned, ...after], choices, new Date(NOW.getTime() + DAY)).communication_style).toMatchObject({ value: 'formal', observations: 5 });
  });
});
