import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPackage, requireRealPart } from '@selfos/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { gbnfOf } from '../src/adapters/llama-cpp/gbnf.js';
import { LlamaCppChatModel } from '../src/adapters/llama-cpp/llama-cpp-chat-model.js';
import { howToInstall } from '../src/adapters/llama-cpp/llama-runtime.js';
import type { ChatPiece, ChatRequest } from '../src/domain/model/chat-model.js';
import { readJson } from '../src/domain/model/read-json.js';
import { planDraftSchema } from '../src/domain/planning/plan-draft.js';
import { rewordSchema } from '../src/domain/prompts/questions.js';
import { writeTinyGguf } from './tiny-gguf.js';

const SCHEMA = {
  type: 'object', required: ['reply', 'count', 'sure', 'kinds'],
  properties: {
    reply: { type: 'string', minLength: 1, maxLength: 40 }, count: { type: 'integer' }, sure: { type: 'boolean' }, extra: { type: 'string', maxLength: 5 },
    kinds: { type: 'array', maxItems: 3, items: { enum: ['goal', 'task'] } },
  },
};
const request = (more: Partial<ChatRequest> = {}): ChatRequest => ({ system: 'Be brief.', user: 'Hello — 你好', schema: SCHEMA, maxTokens: 400, operation: 'plan', signal: AbortSignal.timeout(50_000), ...more });

async function all(pieces: AsyncIterable<ChatPiece>): Promise<ChatPiece[]> {
  const heard: ChatPiece[] = [];
  for await (const piece of pieces) heard.push(piece);
  return heard;
}
const textOf = (pieces: readonly ChatPiece[]): string => pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');

requireRealPart('node-llama-cpp')('the model in this process', () => {
  const home = mkdtempSync(join(tmpdir(), 'llama-'));
  const file = join(home, 'tiny-1.gguf');
  const runtime = findPackage('node-llama-cpp') ?? '';
  const model = new LlamaCppChatModel({ file, runtime, threads: 1 });
  beforeAll(() => {
    writeTinyGguf(file);
  });
  afterAll(async () => {
    await model.end();
    rmSync(home, { recursive: true, force: true });
  });

  it('writes piece by piece, held to the schema, and counts what it used', async () => {
    const pieces = await all(model.stream(request()));
    const value = readJson(textOf(pieces)) as { reply: string; count: number; kinds: string[] };
    expect(Object.keys(value).slice(0, 4)).toEqual(['reply', 'count', 'sure', 'kinds']);
    expect([typeof value.count, value.kinds.every((kind) => ['goal', 'task'].includes(kind)), value.reply.length > 0]).toEqual(['number', true, true]);
    expect(pieces.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(10);
    const used = pieces.at(-1);
    expect(used?.kind === 'usage' && used.usage.inputTokens > 20 && used.usage.outputTokens > 20).toBe(true);
  });

  it('answers questions one after the other, and stops when it is told to', async () => {
    const endless = { ...SCHEMA, properties: { ...SCHEMA.properties, reply: { type: 'string' } } };
    const stop = new AbortController();
    const first = (async () => {
      for await (const piece of model.stream(request({ schema: endless, maxTokens: 4000, signal: stop.signal }))) if (piece.kind === 'text') stop.abort();
    })();
    const second = all(model.stream(request()));
    await expect(first).rejects.toMatchObject({ kind: 'timeout' });
    expect(readJson(textOf(await second))).toBeDefined();
    for await (const piece of model.stream(request({ schema: endless, maxTokens: 4000 }))) if (piece.kind === 'text') break;
    expect(readJson(textOf(await all(model.stream(request()))))).toBeDefined();
    await expect(all(model.stream(request({ signal: AbortSignal.abort() })))).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('is held to the schemas that it is asked with, however large they are', async () => {
    for (const schema of [planDraftSchema, rewordSchema]) {
      const heard: ChatPiece[] = [];
      const fault: unknown = await (async () => {
        for await (const piece of model.stream(request({ schema: z.toJSONSchema(schema), maxTokens: 300 }))) heard.push(piece);
      })().catch((error: unknown) => error);
      expect(textOf(heard)).toMatch(/^\{"(?:reply|sentences)": ?["[]/);
      expect(fault === undefined || (fault as { kind: string }).kind === 'cut').toBe(true);
    }
  }, 180_000);

  it('says that an answer is not whole when its tokens ran out', async () => {
    await expect(all(model.stream(request({ maxTokens: 8 })))).rejects.toMatchObject({ kind: 'cut' });
  });

  it('gives its memory back, and loads again when it is asked again', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect(readJson(textOf(await all(model.stream(request()))))).toBeDefined();
      await model.end();
    }
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 10; round += 1) {
      await all(model.stream(request()));
      await model.end();
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(60_000_000);
  }, 180_000);

  it('fails as a fault when the file is not there or is no model, and works once it is', async () => {
    const late = join(home, 'late.gguf');
    const waiting = new LlamaCppChatModel({ file: late, runtime, threads: 1 });
    await expect(all(waiting.stream(request()))).rejects.toMatchObject({ kind: 'unavailable' });
    writeFileSync(late, 'no model');
    await expect(all(waiting.stream(request()))).rejects.toMatchObject({ kind: 'unavailable' });
    writeTinyGguf(late, 2);
    expect(readJson(textOf(await all(waiting.stream(request()))))).toBeDefined();
    await waiting.end();
  });
});

describe('without llama.cpp', () => {
  it('says how to get it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'llama-'));
    const file = join(home, 'phi.gguf');
    writeTinyGguf(file);
    const model = new LlamaCppChatModel({ file, runtime: '/nowhere' });
    const fault: unknown = await all(model.stream(request())).catch((error: unknown) => error);
    expect(await model.complaint()).toEqual({ fault: 'not-installed', hint: '/nowhere' });
    rmSync(home, { recursive: true });
    expect(await model.complaint()).toEqual({ fault: 'no-model-file', hint: file });
    expect(fault).toMatchObject({ kind: 'unavailable', cause: { message: expect.stringContaining('npm install --prefix /nowhere') } });
    expect(howToInstall('x')).toContain('node-llama-cpp@');
  });
});

describe('the grammar of a schema', () => {
  it('puts required properties first, lets optional ones out, and bounds what is bounded', () => {
    const grammar = gbnfOf(SCHEMA);
    expect(grammar).toContain('"{" "\\"reply\\"" colon r');
    expect(grammar).toMatch(/\(comma "\\"extra\\"" colon r\d+\)\?/);
    expect(grammar).toContain('char{1,40}');
    expect(grammar).toContain('{0,2}');
  });

  it('holds objects whose properties are all optional, constants, choices and lists of at least one', () => {
    const grammar = gbnfOf({ anyOf: [{ type: 'object', properties: { a: { const: 'x"y' }, b: { type: 'null' } } }, { type: 'array', minItems: 1, items: { type: 'number' } }] });
    expect(grammar).toContain('"\\"x\\\\\\"y\\""');
    expect(grammar).toMatch(/"\{" \("\\"a\\"" colon r\d+ \(comma "\\"b\\"" colon r\d+\)\? \| "\\"b\\"" colon r\d+ \)\? "\}"/);
    expect(grammar).toMatch(/"\[" r\d+ \(comma r\d+\)\{0,\} "\]"/);
  });
});
