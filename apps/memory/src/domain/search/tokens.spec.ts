import { describe, expect, it } from '@jest/globals';
import { rootOf, tokensOf } from './tokens.js';

describe('the words of a text', () => {
  it('are those that carry meaning, stemmed', () => {
    expect(tokensOf('I have been running in the parks, and I loved it!')).toEqual(['run', 'park', 'love']);
  });

  it('keep negations, however they are written', () => {
    expect(tokensOf("I don't like it")).toEqual(['not', 'like']);
    expect(tokensOf('I can’t swim')).toEqual(['not', 'swim']);
  });

  it('are found in any script', () => {
    expect(tokensOf('Café überall 東京 5km')).toEqual(['café', 'überall', '東京', '5km']);
  });

  it('are the same in singular and plural, and in every tense', () => {
    for (const forms of [['city', 'cities'], ['class', 'classes'], ['walk', 'walks', 'walking', 'walked'], ['stop', 'stopped'], ['go', 'went', 'gone', 'going'], ['child', 'children']]) {
      expect(new Set(forms.map(rootOf)).size).toBe(1);
    }
    expect(new Set(['bus', 'glass', 'sing', 'red', 'buy'].map(rootOf)).size).toBe(5);
  });
});
