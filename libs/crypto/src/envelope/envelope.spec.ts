import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import fc from 'fast-check';
import { toBase64Url, utf8 } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { newDomainKey, newServerKey } from '../keys/keys.js';
import type { Envelope, EnvelopeMeta } from './envelope.js';
import { openEnvelope } from './open-envelope.js';
import { parseEnvelope } from './parse-envelope.js';
import { sealEnvelope, type KeyHolder } from './seal-envelope.js';

const meta: EnvelopeMeta = { uid: uuidv7(), oid: uuidv7(), ctx: 'tasks.task.title', rev: '0198c0de0000-0000', wid: 'edge:1' };
const holder: KeyHolder = { t: 'd', k: 'tasks:1', key: newDomainKey() };
const plaintext = utf8('"Walk for twenty minutes"');
const refused = new SealRefused();

const seal = (): Promise<Envelope> => sealEnvelope({ meta, recipients: [holder], plaintext });
const open = (envelope: unknown, expected: Pick<EnvelopeMeta, 'uid' | 'oid' | 'ctx'> = meta): Promise<Uint8Array> => openEnvelope({ envelope, expected, holder });

describe('an envelope', () => {
  it('opens to what was sealed, whatever that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        const envelope = await sealEnvelope({ meta, recipients: [holder], plaintext: bytes });
        expect(await open(JSON.stringify(envelope))).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it('is about 460 bytes for a short text and never twice the same', async () => {
    const [one, two] = [JSON.stringify(await seal()), JSON.stringify(await seal())];
    expect(one.length).toBeLessThan(560);
    expect(one).not.toBe(two);
  });

  it('opens from text when its content is as large as it may be', async () => {
    const bytes = new Uint8Array(17 * 1024 * 1024).fill(7);
    const opened = await open(JSON.stringify(await sealEnvelope({ meta, recipients: [holder], plaintext: bytes })));
    expect(Buffer.compare(opened, bytes)).toBe(0);
  });

  it.each([
    ['another owner', { ...meta, uid: uuidv7() }],
    ['another object', { ...meta, oid: uuidv7() }],
    ['another place', { ...meta, ctx: 'tasks.task.note' }],
  ])('is refused where %s is expected', async (_what, expected) => {
    await expect(open(await seal(), expected)).rejects.toEqual(refused);
  });

  it.each([
    ['another key', { ...holder, key: newDomainKey() }],
    ['another epoch', { ...holder, k: 'tasks:2' }],
    ['a server key of the same name', { t: 's', k: holder.k, key: newServerKey() }],
  ] as [string, KeyHolder][])('is refused with %s', async (_what, other) => {
    await expect(openEnvelope({ envelope: await seal(), expected: meta, holder: other })).rejects.toEqual(refused);
  });

  it('is refused after any change of any character', async () => {
    const text = JSON.stringify(await seal());
    let accepted = 0;
    for (let at = 0; at < text.length; at += 1) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      const result = await open(changed, JSON.parse(text) as Envelope).catch((error: unknown) => error);
      expect(result).toEqual(refused);
      accepted += result instanceof SealRefused ? 0 : 1;
    }
    expect(accepted).toBe(0);
  });

  it('is refused when bits flip in any of its byte fields', async () => {
    const envelope = await seal();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('m', 'n', 'c', 'w'), fc.nat(), fc.integer({ min: 1, max: 255 }), async (field, at, flip) => {
        const mutate = (text: string): string => {
          const bytes = Buffer.from(text, 'base64url');
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ flip;
          return toBase64Url(bytes);
        };
        const r = envelope.r.map((recipient) => (field === 'w' ? { ...recipient, w: mutate(recipient.w) } : recipient));
        const changed = field === 'w' ? { ...envelope, r } : { ...envelope, [field]: mutate(envelope[field as 'm' | 'n' | 'c']) };
        await expect(open(changed)).rejects.toEqual(refused);
      }),
      { numRuns: 300 },
    );
  });

  it('opens for each of eight recipients, and for no ninth', async () => {
    const recipients = Array.from({ length: 8 }, (_, i): KeyHolder => ({ t: 'd', k: `tasks:${i + 1}`, key: newDomainKey() }));
    const envelope = await sealEnvelope({ meta, recipients, plaintext });
    for (const one of recipients) expect(await openEnvelope({ envelope, expected: meta, holder: one })).toEqual(plaintext);
    const nine = [...recipients, { ...holder, k: 'tasks:9' }];
    await expect(sealEnvelope({ meta, recipients: nine, plaintext })).rejects.toEqual(refused);
  });

  it('is never written with names that a reader would refuse', async () => {
    for (const bad of [{ ctx: 'tasks' }, { oid: 'x' }, { uid: meta.uid.toUpperCase() }, { rev: '1' }, { wid: 'edge' }]) {
      await expect(sealEnvelope({ meta: { ...meta, ...bad }, recipients: [holder], plaintext })).rejects.toEqual(refused);
    }
  });
});

describe('the parser', () => {
  it('accepts the shape of a public-key recipient, which no key here opens', async () => {
    const envelope = await seal();
    const h = { t: 'h', k: 'ai:7', w: toBase64Url(new Uint8Array(48)), e: toBase64Url(new Uint8Array(32)) };
    const both = { ...envelope, r: [...envelope.r, h] };
    expect(parseEnvelope(both)).toBe(both);
    expect(await open(both)).toEqual(plaintext);
    await expect(open({ ...envelope, r: [h] })).rejects.toEqual(refused);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['text that is no JSON', '{'],
    ['an empty object', {}],
  ])('refuses %s', (_what, value) => {
    expect(() => parseEnvelope(value)).toThrow(refused);
  });

  it('refuses fields that are unknown, inherited in name, missing, doubled or of other types', async () => {
    const e = await seal();
    const [r] = e.r;
    const w59 = toBase64Url(new Uint8Array(59));
    const bad = [
      { ...e, extra: 1 },
      { ...e, r: [] },
      { ...e, r: [{ ...r, e: 'AA' }] },
      { ...e, r: [{ ...r, w: w59 }] },
      { ...e, r: [r, r] },
      { ...e, r: [{ ...r, t: 'x' }] },
      { ...e, v: '1' },
      { ...e, s: 3 },
      { ...e, c: 'AAAA' },
      { ...e, n: toBase64Url(new Uint8Array(16)) },
      { ...e, rev: '' },
      { ...e, sig: null },
    ];
    for (const value of bad) expect(() => parseEnvelope(value)).toThrow(refused);
    const text = JSON.stringify(e);
    const doubled = [text.replace('{"v":1', '{"__proto__":1,"v":1'), text.replace('"s":1', String.raw`"\u0076":1,"s":1`), text.replace('"t":"d"', '"t":"d","t":"d"')];
    for (const value of doubled) expect(() => parseEnvelope(value)).toThrow(refused);
  });

  it('refuses base64url that is not canonical', async () => {
    const e = await seal();
    const loose = `${e.m.slice(0, -1)}${String.fromCharCode((e.m.codePointAt(42) ?? 0) + 1)}`;
    for (const m of [`${e.m}=`, ` ${e.m}`, e.m.replaceAll(/[-_A]/g, '+'), loose]) {
      if (m !== e.m) expect(() => parseEnvelope({ ...e, m })).toThrow(refused);
    }
  });
});
