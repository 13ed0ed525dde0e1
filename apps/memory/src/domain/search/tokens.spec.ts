import { describe, expect, it } from '@jest/globals';
import { stem, tokensOf } from './tokens.js';

describe('the words of a text', () => {
  it('are those that carry meaning, stemmed', () => {
    expect(tokensOf('I have been running in the parks, and I loved it!')).toEqual(['run', 'park', 'lov']);
  });

  it('keep negations, however they are written', () => {
    expect(tokensOf("I don't like it")).toEqual(['not', 'lik']);
    expect(tokensOf('I can’t swim')).toEqual(['not', 'swim']);
  });

  it('are found in any script', () => {
    expect(tokensOf('Café überall 東京 5km')).toEqual(['café', 'überall', '東京', '5km']);
  });

  it('are the same in singular and plural, and in every tense', () => {
    expect(['cities', 'classes', 'walks', 'walking', 'walked', 'stopped'].map(stem)).toEqual(['city', 'class', 'walk', 'walk', 'walk', 'stop']);
    expect(['bus', 'glass', 'sing', 'red'].map(stem)).toEqual(['bus', 'glass', 'sing', 'red']);
  });
});
