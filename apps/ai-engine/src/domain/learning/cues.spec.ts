import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cuesOfDone } from './done-cues.js';
import { cuesOfMessage } from './said-cues.js';

const styleOf = (message: string) => cuesOfMessage(message).flatMap((cue) => (cue.kind === 'style' ? [cue.style] : []))[0];
const traitsOf = (message: string) => cuesOfMessage(message).flatMap((cue) => (cue.kind === 'trait' ? [`${cue.trait}${cue.toward === 1 ? '+' : '-'}${cue.weight}`] : []));
const triggersOf = (message: string) => cuesOfMessage(message).flatMap((cue) => (cue.kind === 'trigger' ? [cue.trigger] : []));

describe('what a message shows of how somebody writes', () => {
  it.each([
    ['Could you please arrange a meeting regarding the budget? I would appreciate it.', 'formal'],
    ['hey can u add the gym thing lol', 'casual'],
    ["yeah i'm gonna do yoga tomorrow :)", 'casual'],
    ["Let's go! I've got this, I am so ready to get stronger!", 'motivational'],
    ['Plan my workout', undefined],
    ['Yes', undefined],
    ['', undefined],
  ])('"%s": %s', (message, expected) => {
    expect(styleOf(message)).toBe(expected);
  });
});

describe('what a message says of who somebody is', () => {
  it.each([
    ["I'm a very organized person.", ['conscientiousness+1']],
    ["I'm not organised at all", ['conscientiousness-1']],
    ['I am shy.', ['extraversion-1']],
    ['I am really creative and I like tea.', ['openness+1']],
    ['I tend to be moody', ['neuroticism+0.5']],
    ["I'm an introvert", ['extraversion-1']],
    ['I wish I were organized', []],
    ['If I am lazy, tell me', []],
    ['I want to be organized', []],
    ['I am anxious about the exam', []],
    ['My sister is shy', []],
    ['He said “I am shy”', []],
    ['The room is quiet', []],
    ['Are you organized?', []],
  ])('"%s": %j', (message, expected) => {
    expect(traitsOf(message)).toEqual(expected);
  });
});

describe('what a message says of what moves somebody', () => {
  it.each([
    ['I want to run because I want to be there for my kids', ['family']],
    ['I save so that I can afford a house', ['money']],
    ['I want to swim in order to sleep better and have less stress', ['health', 'calm']],
    ['I love my kids', []],
    ['Plan a walk', []],
  ])('"%s": %j', (message, expected) => {
    expect(triggersOf(message)).toEqual(expected);
  });

  it('shows in what is done, and at which hour of the person’s own day', () => {
    const cues = cuesOfDone({ title: 'Swim with Anna', at: new Date('2026-07-01T22:30:00Z'), zone: 'Europe/Paris', lifeAreas: ['health'] });
    expect(cues).toEqual([{ kind: 'hour', hour: 0 }, { kind: 'areas', areas: ['health'] }, { kind: 'trigger', trigger: 'company' }]);
  });
});

it('reads any text in time that grows with its length', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => Array.isArray(cuesOfMessage(text))), { numRuns: 50 });
  const long = `I am ${'really very '.repeat(20_000)}x because ${'so that '.repeat(20_000)}`;
  expect(cuesOfMessage(long).length).toBeLessThan(30);
});
