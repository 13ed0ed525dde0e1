import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { aDraft } from '../../../test/builders.js';
import type { MemorySource } from './memory.js';
import { isSupported } from './support.js';

const said = (length: number) => ({ kind: 'message', id: uuidv7(), start: 10, end: 10 + length }) as const;

function borneOut({ source, ...words }: { readonly text: string; readonly source: MemorySource; readonly quote?: string }): boolean {
  return isSupported({ draft: { ...aDraft(), source }, ...words });
}

describe('a memory is borne out by the place it cites', () => {
  it('when it is the span itself, or a retelling in its words', () => {
    expect(borneOut({ text: 'I like tea', source: said(10) })).toBe(true);
    expect(borneOut({ text: 'likes tea', source: said(10), quote: 'I like tea' })).toBe(true);
    expect(borneOut({ text: 'Goal reached: swim', source: { kind: 'event', id: uuidv7() } })).toBe(true);
  });

  it.each([
    ['is longer than its span', { text: 'I like tea and John Doe', source: said(10) }],
    ['says a word that was not said', { text: 'I like coffee', source: said(10), quote: 'I like tea' }],
    ['adds a negation', { text: 'I do not like tea', source: said(10), quote: 'I like tea' }],
    ['quotes more than its span', { text: 'I like tea', source: said(5), quote: 'I like tea' }],
    ['says nothing', { text: '  ', source: said(2) }],
  ])('not when it %s', (_why, statement) => {
    expect(borneOut(statement)).toBe(false);
  });
});
