import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROMPTS } from '../planning/prompts.fixture.js';
import { extractDone } from './extract-done.js';
import { extractSaid } from './extract-said.js';
import { SaidMemory } from './said-memory.js';

const said = (message: string): string[] => extractSaid(message).map(({ type, text }) => `${type}: ${text}`);

describe('what was said', () => {
  it.each([
    ['I have a bad knee', ['preference: I have a bad knee']],
    ['I have a bad knee.', ['preference: I have a bad knee']],
    ['My left knee hurts when I run.', ['preference: My left knee hurts when I run']],
    ["I'm vegetarian and I love cooking", ["preference: I'm vegetarian", 'preference: I love cooking']],
    ["I'm not a morning person", ["preference: I'm not a morning person"]],
    ['I work from 9 to 5 on weekdays.', ['routine: I work from 9 to 5 on weekdays']],
    ['I usually swim on Tuesdays.', ['routine: I usually swim on Tuesdays']],
    ['Every morning I walk the dog', ['routine: Every morning I walk the dog']],
    ['I want to run a marathon in October.', ['goal: I want to run a marathon in October']],
    ['My goal is to save 3000 euros', ['goal: My goal is to save 3000 euros']],
    ['I feel lonely lately.', ['reflection: I feel lonely lately']],
    ['I finished my report today!', ['achievement: I finished my report today']],
    ['Yesterday I ran 5 km. I felt great.', ['achievement: Yesterday I ran 5 km', 'reflection: I felt great']],
    ['I moved to Lyon last month.', ['preference: I moved to Lyon last month']],
    ["I've just moved to Lyon", ["preference: I've just moved to Lyon"]],
    ['I live in Paris.', ['preference: I live in Paris']],
    ['I now work at Airbus.', ['preference: I now work at Airbus']],
    ["I'm working as a nurse now", ["preference: I'm working as a nurse now"]],
    ['I started a new job at Airbus', ['preference: I started a new job at Airbus']],
    ['My wife is Anna.', ['preference: My wife is Anna']],
    ['I am married', ['preference: I am married']],
    ['My favorite color is green, remember that.', ['preference: My favorite color is green']],
    ['I want to exercise, but I have a bad back.', ['goal: I want to exercise', 'preference: I have a bad back']],
  ])('"%s" tells %j', (message, expected) => {
    expect(said(message)).toEqual(expected);
  });

  it.each([
    'Remind me to call my mother', 'Call mum every Sunday at 5pm', 'What do you know about me?', 'Do I have a bad knee?', 'Thanks', 'If I had a bad knee, what would you plan?',
    'My friend said "I have a bad knee"', 'Plan my workout for tomorrow', 'The weather is nice', 'Forget that I like cheese', 'Remember that I like tea', 'My wife is tired', 'Is my wife Anna?', 'If I moved to Lyon, what would change?',
  ])('"%s" tells nothing to keep', (message) => {
    expect(said(message)).toEqual([]);
  });

  it('is always the words of the message between its offsets', () => {
    const text = fc.oneof(fc.constantFrom(...PROMPTS.map(({ message }) => message)), fc.string({ unit: 'grapheme', maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (parts) => {
        const message = parts.join('. I love this and that, and I feel fine! ');
        for (const memory of extractSaid(message)) {
          expect(message.slice(memory.start, memory.end)).toBe(memory.text);
          expect(memory.text.trim()).toBe(memory.text);
          expect(memory.text).not.toBe('');
        }
      }),
    );
  });

  it('cannot be cut from outside the message', () => {
    expect(SaidMemory.cut('goal', 'short', { start: 2, end: 99 })?.text).toBe('ort');
    expect(SaidMemory.cut('goal', 'short', { start: -1, end: 3 })).toBeUndefined();
    expect(SaidMemory.cut('goal', 'a   ', { start: 1, end: 4 })).toBeUndefined();
  });
});

describe('what was done', () => {
  it('is kept the first time, at milestones, and when a goal is set or reached', () => {
    const at = (count: number): string | undefined => extractDone({ kind: 'occurrence', title: 'Morning walk', date: '2026-03-05', count })?.text;
    expect(at(1)).toBe('Done on 5 March 2026: Morning walk');
    expect(at(2)).toBeUndefined();
    expect(at(10)).toBe('Done 10 times by 5 March 2026: Morning walk');
    expect(extractDone({ kind: 'goal_achieved', title: 'Run 5 km' })).toEqual({ type: 'achievement', text: 'Goal reached: Run 5 km' });
  });
});
