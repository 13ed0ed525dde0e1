import { MalformedBody } from '../problems/http.errors.js';

export const MAX_JSON_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
/** As many keys as a client's body may have. */
export const MAX_CLIENT_KEYS = 1_000;
const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * Parses one JSON document (RFC 8259) as an untrusted body: valid UTF-8 without a byte order mark, no deeper than 32, no key twice in
 * an object, none that could reach a prototype, no NUL and no lone surrogate in any text (no store would take them).
 * @throws MalformedBody
 */
export function parseStrictJson(bytes: Uint8Array, maxKeys: number = MAX_CLIENT_KEYS): unknown {
  const text = decode(bytes);
  const value = parse(text);
  new JsonScan(text, maxKeys).run();
  if (text.includes('\\u')) refuseBadText(value);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new MalformedBody({ detail: 'The body is not valid UTF-8.', cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedBody({ detail: 'The body is not valid JSON.' });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COLON = 0x3a;

/** Walks a text that is known to be JSON, for what `JSON.parse` lets pass: depth and keys. */
class JsonScan {
  private readonly open: (Set<string> | undefined)[] = [];
  private keys = 0;
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly maxKeys: number,
  ) {}

  run(): void {
    for (; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === QUOTE) this.string();
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) this.enter(code === OPEN_OBJECT ? new Set() : undefined);
      else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) this.open.pop();
    }
  }

  private enter(names: Set<string> | undefined): void {
    this.open.push(names);
    if (this.open.length > MAX_DEPTH) throw new MalformedBody({ detail: `The body is nested deeper than ${MAX_DEPTH}.` });
  }

  private string(): void {
    const start = this.at;
    for (this.at += 1; this.text.charCodeAt(this.at) !== QUOTE; this.at += 1) {
      if (this.text.charCodeAt(this.at) === BACKSLASH) this.at += 1;
    }
    const names = this.open.at(-1);
    if (names !== undefined && this.isKey()) this.key(JSON.parse(this.text.slice(start, this.at + 1)) as string, names);
  }

  private isKey(): boolean {
    let next = this.at + 1;
    while (this.text.charCodeAt(next) <= 0x20) next += 1;
    return this.text.charCodeAt(next) === COLON;
  }

  private key(name: string, names: Set<string>): void {
    this.keys += 1;
    if (this.keys > this.maxKeys) throw new MalformedBody({ detail: `The body has more than ${this.maxKeys} keys.` });
    if (FORBIDDEN_KEYS.includes(name)) throw new MalformedBody({ detail: 'The body has a key that is not allowed.' });
    if (names.has(name)) throw new MalformedBody({ detail: 'The body has the same key twice in one object.' });
    names.add(name);
  }
}

function refuseBadText(value: unknown): void {
  if (typeof value === 'string') {
    if (!isStorableText(value)) throw new MalformedBody({ detail: 'The body has a text with a character that cannot be kept.' });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      refuseBadText(key);
      refuseBadText(child);
    }
  }
}

/** Whether a text can be kept by every store: no NUL, no lone surrogate. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
