import { describe, expect, it } from '@jest/globals';
import { claimOf, contradicts } from './contradiction.js';

describe('a newer statement takes the place of an older one', () => {
  it.each([
    ['I moved to Lyon', 'I live in Paris'],
    ["I'm now living in Lyon with my sister", 'I just moved to Paris'],
    ['I work at the library', 'I work for a bank'],
    ['I started a new job at Airbus', 'I work at the library'],
    ['My wife is called Berta', 'My wife is Anna'],
    ['I got married', 'I am single'],
    ['I am 35 years old', "I'm 34"],
    ['My favourite color is green', 'My favorite color is blue'],
    ['My knee is fine', 'my knee hurts'],
    ['I do not like coffee', 'I love coffee'],
    ['I quit smoking', 'I smoke'],
    ['I eat meat again', 'I do not eat meat'],
    ['I get up at 7 on weekdays', 'I get up at 6 on weekdays'],
  ])('%s / %s', (newer, older) => {
    expect(contradicts(claimOf(newer), claimOf(older))).toBe(true);
  });

  it.each([
    ['I live in Paris', 'I live in Paris.'],
    ['I like tea', 'I like coffee'],
    ['My wife is tired', 'My wife is Anna'],
    ['My boss is Berta', 'My wife is Anna'],
    ['I want to move to Lyon', 'I live in Paris'],
    ['My favorite book is Emma', 'My favorite color is blue'],
    ['I do not like coffee', 'I do not drink coffee'],
    ['I ran 5 km with Ben', 'I ran 10 km with Ada'],
    ['I run', 'I run 5 km'],
  ])('not: %s / %s', (newer, older) => {
    expect(contradicts(claimOf(newer), claimOf(older))).toBe(false);
  });
});
