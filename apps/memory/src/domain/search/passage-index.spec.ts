import { describe, expect, it } from '@jest/globals';
import type { Passage } from './passage.js';
import { PassageIndex } from './passage-index.js';
import { readQuestion } from './question.js';

const NOW = new Date('2026-07-15');

/** Each line is one passage: "session, day, speaker: text". */
function talk(...lines: readonly string[]): PassageIndex {
  return new PassageIndex(lines.map((line, index): Passage => {
    const [session = '', day = '', speaker = '', text = ''] = line.split(/[,:] /);
    return { id: String(index), session, at: new Date(day), speaker, text };
  }));
}

function best(index: PassageIndex, text: string, likeness: ReadonlyMap<string, number> = new Map()): string | undefined {
  return index.search(readQuestion({ text, now: NOW, speakers: index.speakers }), likeness)[0]?.passage.text;
}

describe('finding what was said', () => {
  it('goes by words first, and by meaning where no word is shared', () => {
    const index = talk('1, 2026-01-01, Ada: I have a bad knee', '2, 2026-01-02, Ada: I like strong coffee', '3, 2026-01-03, Ada: I play the cello');
    expect(best(index, 'my knees hurt')).toBe('I have a bad knee');
    expect(best(index, 'what music do I make?', new Map([['0', 0.1], ['1', 0.1], ['2', 0.6]]))).toBe('I play the cello');
  });

  it('prefers the one whom the question is about', () => {
    const index = talk('1, 2026-01-01, Ada: I bought a new bicycle', '2, 2026-01-01, Ben: I bought a new bicycle', '3, 2026-01-01, Ben: hello there');
    const question = readQuestion({ text: 'What did Ben buy?', now: NOW, speakers: index.speakers });
    expect(index.search(question, new Map())[0]?.passage.speaker).toBe('Ben');
  });

  it('finds the answer just after the question that was asked', () => {
    const index = talk('1, 2026-01-01, Ben: Which pottery class did you join', '1, 2026-01-01, Ada: The one in Lyon', '2, 2026-01-01, Ben: I slept badly', '3, 2026-01-01, Ben: We went home');
    const found = index.search(readQuestion({ text: 'Where is the pottery class of Ada?', now: NOW, speakers: index.speakers }), new Map());
    expect(found[0]?.passage.text).toBe('The one in Lyon');
  });

  it('prefers what was said in the time that the question names', () => {
    const index = talk('1, 2026-03-04, Ada: I went hiking', '2, 2026-06-04, Ada: I went hiking', '3, 2026-06-05, Ada: we ate soup');
    const found = index.search(readQuestion({ text: 'Did I go hiking in March?', now: NOW }), new Map());
    expect(found[0]?.passage.id).toBe('0');
  });

  it('lends no context across sessions', () => {
    const index = talk('1, 2026-01-01, Ada: the violin', '2, 2026-01-01, Ada: alpha beta', '2, 2026-01-01, Ada: gamma delta', '3, 2026-01-01, Ada: epsilon zeta');
    const signals = index.signals(readQuestion({ text: 'violin', now: NOW }), new Map());
    expect(signals.window[1]).toBe(signals.window[3]);
  });

  it('puts the newer of two equals first, and finds nothing in nothing', () => {
    const index = talk('1, 2026-01-01, Ada: tea', '2, 2026-01-02, Ada: tea');
    expect(index.search(readQuestion({ text: 'wine', now: NOW }), new Map()).map(({ passage }) => passage.id)).toEqual(['1', '0']);
    expect(new PassageIndex([]).search(readQuestion({ text: 'tea', now: NOW }), new Map())).toEqual([]);
  });
});
