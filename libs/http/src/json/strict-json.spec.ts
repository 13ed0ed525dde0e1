import { describe, expect, it } from '@jest/globals';
import { MalformedBody } from '../problems/http.errors.js';
import { parseStrictJson } from './strict-json.js';

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text));

describe('parseStrictJson', () => {
  it('reads ordinary JSON', () => {
    expect(parse('{"a":[1,{"b":"x\\"y\\u00e9"}],"c":{"a":null}}')).toEqual({ a: [1, { b: 'x"yé' }], c: { a: null } });
    expect(parse('"a:b"')).toBe('a:b');
  });

  it.each([
    ['the same key twice', '{"a":1,"a":2}'],
    ['the same key twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a way to the prototype', '{"x":{"__proto__":{"admin":true}}}'],
    ['an escaped way to the prototype', '{"\\u005f_proto__":1}'],
    ['NUL', '{"a":"\\u0000"}'],
    ['half a surrogate pair', '{"a":"\\ud800"}'],
    ['a byte order mark', '\ufeff{}'],
    ['too deep a nesting', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['too many keys', JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`k${index}`, 1])))],
    ['text after the end', '{} x'],
    ['nothing', ''],
  ])('refuses %s', (_name, text) => {
    expect(() => parse(text)).toThrow(MalformedBody);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseStrictJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(MalformedBody);
  });
});
