import { describe, expect, it } from '@jest/globals';
import { readQuestion } from './question.js';

const NOW = new Date('2026-07-15');
const read = (text: string, speakers: readonly string[] = []) => readQuestion({ text, now: NOW, speakers });

describe('a question', () => {
  it('is about the one speaker it names', () => {
    expect(read("What is Ada's job?", ['Ada', 'Ben'])).toMatchObject({ about: 'Ada', terms: ['job'] });
    expect(read('What do Ada and Ben share?', ['Ada', 'Ben']).about).toBeUndefined();
    expect(read('What is my job?', ['Ada', 'Ben']).about).toBeUndefined();
  });

  it('tells what kind of answer it wants', () => {
    expect(read('When did I move?')).toMatchObject({ asksWhen: true, asksHowMany: false, asksName: false });
    expect(read('How often do I swim?')).toMatchObject({ asksWhen: false, asksHowMany: true });
    expect(read('Who is my doctor?')).toMatchObject({ asksName: true });
  });

  it.each(['What books did I read?', 'Which musical instruments do I play?', 'What people did I meet?'])('asks for several things: %s', (text) => {
    expect(read(text).asksSeveral).toBe(true);
  });

  it.each(['What is my job?', 'When did I read two books?', 'What does my sister do?', 'Which bus do I take?'])('asks for one thing: %s', (text) => {
    expect(read(text).asksSeveral).toBe(false);
  });

  it('is about a time that it names, or that the asker knows', () => {
    expect(read('what did I do in March?').period?.from).toEqual(new Date('2026-03-01'));
    const period = { from: new Date('2025-01-01'), to: new Date('2025-02-01') };
    expect(readQuestion({ text: 'what did I do then?', now: NOW, period }).period).toEqual(period);
  });
});
