import { toHex, toBase64Url, utf8 } from '../bytes.js';
import type { Envelope, EnvelopeMeta } from '../envelope/envelope.js';
import { sealEnvelope, type KeyHolder } from '../envelope/seal-envelope.js';
import { domainKeyId, newDomainKey, newServerKey, serverKeyId } from '../keys/keys.js';
import { fixedRandom } from './fixed-random.js';

/** One published vector: with `keyHex` any implementation must open `envelope` to `plaintext`, and refuse `refused`. */
export interface Vector {
  readonly name: string;
  readonly recipient: { readonly t: string; readonly k: string; readonly keyHex: string };
  /** base64url. */
  readonly plaintext: string;
  readonly envelope: Envelope;
  /** The same envelope with one thing wrong, as JSON text. */
  readonly refused: { readonly why: string; readonly json: string };
}

const UID = '0198c0de-0000-7000-8000-00000000ada1';
const OID = '0198c0de-0001-7000-8000-0000000000f1';

const CASES: readonly { name: string; ctx: string; wid: string; plaintext: Uint8Array; holders?: number; server?: boolean }[] = [
  { name: 'empty text', ctx: 'tasks.task.note', wid: 'edge:1', plaintext: utf8('') },
  { name: 'one byte', ctx: 'tasks.task.title', wid: 'edge:1', plaintext: utf8('a') },
  { name: 'a task title', ctx: 'tasks.task.title', wid: 'edge:1', plaintext: utf8('"Walk for twenty minutes"') },
  { name: 'a goal title', ctx: 'goals.goal.title', wid: 'ai:1', plaintext: utf8('"Run ten kilometres without a stop"') },
  { name: 'a message', ctx: 'conversations.message.text', wid: 'edge:1', plaintext: utf8('"I want to start exercising regularly"') },
  { name: 'a memory', ctx: 'memories.memory.text', wid: 'ai:1', plaintext: utf8('{"text":"has a bad knee","confidence":0.9}') },
  { name: 'a story narrative', ctx: 'stories.story.narrative', wid: 'ai:7', plaintext: utf8(`"${'The week began with a walk. '.repeat(40)}"`) },
  { name: 'a profile value', ctx: 'profile.profile.value', wid: 'dev:phone-1', plaintext: utf8('["tea","mornings"]') },
  { name: 'a health value', ctx: 'health.measure.value', wid: 'dev:watch', plaintext: utf8('72.5') },
  { name: 'a correction', ctx: 'feedback.feedback.correction', wid: 'edge:1', plaintext: utf8('"Shorter answers, please"') },
  { name: 'media metadata', ctx: 'media.file.name', wid: 'imp:obsidian', plaintext: utf8('"Lake at dawn.jpg"') },
  { name: 'text in many scripts', ctx: 'tasks.task.title', wid: 'edge:2', plaintext: utf8('"Zażółć 早起き 🏃 שלום ﷽"') },
  { name: 'every byte', ctx: 'media.file.key', wid: 'ai:1', plaintext: Uint8Array.from({ length: 256 }, (_, i) => i) },
  { name: 'trailing 0x80 and zeros', ctx: 'media.file.key', wid: 'ai:1', plaintext: Uint8Array.from([1, 0x80, 0, 0, 0]) },
  { name: 'a Padmé size exactly', ctx: 'media.file.key', wid: 'ai:1', plaintext: new Uint8Array(1023).fill(7) },
  { name: 'one byte past a Padmé size', ctx: 'media.file.key', wid: 'ai:1', plaintext: new Uint8Array(1024).fill(7) },
  { name: '4 KiB', ctx: 'conversations.message.text', wid: 'ai:1', plaintext: new Uint8Array(4096).fill(0x61) },
  { name: 'two recipients', ctx: 'feedback.feedback.correction', wid: 'edge:1', plaintext: utf8('"too long"'), holders: 2 },
  { name: 'eight recipients', ctx: 'stories.story.note', wid: 'ai:1', plaintext: utf8('"shared"'), holders: 8 },
  { name: 'an address under a server key', ctx: 'auth.user.email', wid: 'srv:auth', plaintext: utf8('"ada@example.org"'), server: true },
];

/** The twenty published vectors, the same bytes on every run. */
export async function makeVectors(): Promise<{ format: string; about: string; vectors: Vector[] }> {
  const vectors: Vector[] = [];
  for (const [index, one] of CASES.entries()) vectors.push(await vector(index, one));
  const about = 'SelfOS Envelope 1, see libs/crypto/envelope-1.md. Keys here are public and protect nothing.';
  return { format: 'selfos-envelope-vectors/1', about, vectors };
}

async function vector(index: number, one: (typeof CASES)[number]): Promise<Vector> {
  const random = fixedRandom(one.name);
  const meta: EnvelopeMeta = { uid: UID, oid: OID, ctx: one.ctx, rev: `0198c0de000${index.toString(16).padStart(2, '0').slice(-1)}-00${index.toString(16).padStart(2, '0')}`, wid: one.wid };
  const recipients = holders(one, random);
  const envelope = await sealEnvelope({ meta, recipients, plaintext: one.plaintext }, random);
  const chosen = recipients[recipients.length - 1] as KeyHolder;
  const recipient = { t: chosen.t, k: chosen.k, keyHex: toHex(chosen.key) };
  return { name: one.name, recipient, plaintext: toBase64Url(one.plaintext), envelope, refused: refused(index, envelope) };
}

function holders(one: (typeof CASES)[number], random: (length: number) => Uint8Array): KeyHolder[] {
  if (one.server === true) return [{ t: 's', k: serverKeyId(1), key: newServerKey(random) }];
  const domain = one.ctx.split('.')[0] ?? '';
  return Array.from({ length: one.holders ?? 1 }, (_, i) => ({ t: 'd', k: domainKeyId(domain, i + 1), key: newDomainKey(random) }));
}

function refused(index: number, envelope: Envelope): Vector['refused'] {
  const text = JSON.stringify(envelope);
  const ways: [string, string][] = [
    ['another owner', JSON.stringify({ ...envelope, uid: UID.replace('ada1', 'ada2') })],
    ['another object', JSON.stringify({ ...envelope, oid: OID.replace('f1', 'f2') })],
    ['another place', JSON.stringify({ ...envelope, ctx: `${envelope.ctx}_` })],
    ['another revision', JSON.stringify({ ...envelope, rev: envelope.rev.replace(/.$/, 'f') })],
    ['another writer', JSON.stringify({ ...envelope, wid: `${envelope.wid}0` })],
    ['an unknown field', JSON.stringify({ ...envelope, x: 1 })],
    ['a duplicate field', text.replace('{"v":1', '{"v":1,"v":1')],
    ['another version', JSON.stringify({ ...envelope, v: 2 })],
    ['another suite', JSON.stringify({ ...envelope, s: 2 })],
    ['base64url with padding', JSON.stringify({ ...envelope, m: `${envelope.m}=` })],
    ['a commitment to another key', JSON.stringify({ ...envelope, m: `${envelope.m.startsWith('A') ? 'B' : 'A'}${envelope.m.slice(1)}` })],
    ['a missing field', JSON.stringify({ ...envelope, n: undefined })],
    ['a signature that this version cannot check', JSON.stringify({ ...envelope, sig: toBase64Url(new Uint8Array(64)) })],
    ['another nonce', JSON.stringify({ ...envelope, n: `${envelope.n.startsWith('A') ? 'B' : 'A'}${envelope.n.slice(1)}` })],
    ['altered content', JSON.stringify({ ...envelope, c: `${envelope.c.startsWith('A') ? 'B' : 'A'}${envelope.c.slice(1)}` })],
  ];
  const [why, json] = ways[index % ways.length] as [string, string];
  return { why, json };
}
