import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LiveReply } from './live-reply.js';
import { ReplyReader } from './reply-reader.js';

/** Cuts a text at these places. */
function cutAt(text: string, places: readonly number[]): string[] {
  const cuts = [0, ...[...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b), text.length];
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
}

function readAll(pieces: readonly string[]): string {
  const reader = new ReplyReader();
  return pieces.map((piece) => reader.read(piece)).join('');
}

/** JSON with every character outside ASCII, and some inside, as an escape. */
const escaped = (value: unknown): string => JSON.stringify(value).replace(/[^\x20-\x7E]|\//g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('the reply in an answer that is still being written', () => {
  it('is read whole, wherever the pieces are cut, escaped or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.nat(500)), fc.boolean(), (reply, places, isEscaped) => {
        const answer = { reply, tasks: [{ title: 'x', reply: 'not this' }] };
        const text = isEscaped ? escaped(answer) : JSON.stringify(answer);
        expect(readAll(cutAt(text, places))).toBe(reply.toWellFormed());
        expect(readAll([...text])).toBe(reply.toWellFormed());
      }),
    );
  });

  it.each([
    ['after other things', '{"tasks":[{"reply":"no","a":[1,{"b":2}]}],"n":-1.5,"t":true,"reply" : "Yes"}', 'Yes'],
    ['behind thoughts', '<think>{"reply":"no"}</think>{"reply":"Yes"}', 'Yes'],
    ['in a fence', 'Here:\n```json\n{"reply":"Yes"}\n```', 'Yes'],
    ['after a key that begins like it', '{"rep":"a","replys":"b","reply":"Yes"}', 'Yes'],
    ['after a value that looks like it', '{"a":"reply","b":"\\"reply\\":\\"no\\"","reply":"Yes"}', 'Yes'],
    ['with half a character', '{"reply":"a \\ud83d b \\ude00 c\\ud83d"}', 'a \uFFFD b \uFFFD c\uFFFD'],
    ['that is none', '{"reply":7,"a":{"reply":"no"}}', ''],
    ['in prose', 'No object here: "reply": "no"', ''],
    ['cut in an escape', '{"reply":"Yes\\u00', 'Yes'],
  ])('is found %s', (_where, text, reply) => {
    expect([readAll([text]), readAll([...text])]).toEqual([reply, reply]);
  });
});

describe('a reply on its way', () => {
  function shownOf(check: (text: string) => string = (text) => text): { readonly live: LiveReply; readonly pieces: string[] } {
    const pieces: string[] = [];
    return { live: new LiveReply({ check, show: (piece) => void pieces.push(piece) }), pieces };
  }

  it('is shown sentence by sentence, without the space that may still turn out to be the end', () => {
    const { live, pieces } = shownOf();
    for (const text of [' Good', ' morning. It is 7', '.5 degrees', '. \n• One', '\n• Two ']) live.add(text);
    expect(pieces).toEqual(['Good morning.', ' It is 7.5 degrees.', ' \n• One']);
    live.close();
    expect(pieces.join('')).toBe('Good morning. It is 7.5 degrees. \n• One\n• Two');
    expect(live.words).toBe(pieces.join(''));
  });

  it('is checked before it is shown, and stops where a check reaches back', () => {
    const { live, pieces } = shownOf((text) => text.replace('Monday', 'Friday').replace(/A .* B\./, 'C.'));
    live.add('On Monday we go. A word. ');
    live.add('And B. The end. ');
    live.close();
    expect(pieces).toEqual(['On Friday we go. A word.']);
  });

  it('forgets what nobody saw when another begins', () => {
    const { live, pieces } = shownOf();
    live.add('I was about');
    live.drop();
    expect(live.isShown).toBe(false);
    live.add('All is well. ');
    expect(pieces).toEqual(['All is well.']);
  });
});
