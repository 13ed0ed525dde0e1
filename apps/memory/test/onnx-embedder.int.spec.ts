import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPackage, requireRealPart } from '@selfos/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OnnxEmbedder } from '../src/adapters/onnx/onnx-embedder.js';
import { readOnnxModel } from '../src/adapters/onnx/onnx-model.js';
import { findRuntime } from '../src/adapters/onnx/onnx-runtime.js';
import { dot } from '../src/domain/search/dot.js';
import { modelSwitchContract } from './model-switch.contract.js';
import { writeTinyOnnx } from './tiny-onnx.js';

const home = mkdtempSync(join(tmpdir(), 'onnx-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a folder with a mounted model', () => {
  it('says what is missing in it', () => {
    expect(() => readOnnxModel(home)).toThrow(/without a model/);
    writeFileSync(join(home, 'model.onnx'), 'x');
    expect(() => readOnnxModel(home)).toThrow(/tokenizer\.json/);
    writeFileSync(join(home, 'tokenizer.json'), '{}');
    expect(() => readOnnxModel(home)).toThrow(/hidden_size/);
  });

  it('is another model when its file is another, whatever it is called', () => {
    const [one, other] = [join(home, 'a', 'model'), join(home, 'b', 'model')];
    writeTinyOnnx(one);
    writeTinyOnnx(other, { turn: 1 });
    expect(readOnnxModel(one).name).toMatch(/^onnx\/model@8-[0-9a-f]{8}$/);
    expect(readOnnxModel(other).name).not.toBe(readOnnxModel(one).name);
  });

  it('says how to get its runtime where that is missing', () => {
    expect(() => findRuntime(home)).toThrow(/npm install --prefix .* --ignore-scripts onnxruntime-node@/);
  });
});

requireRealPart('onnxruntime-node')('a mounted ONNX model', () => {
  const folder = join(home, 'tiny');
  let embedder: OnnxEmbedder;
  beforeAll(() => {
    writeTinyOnnx(folder);
    embedder = new OnnxEmbedder({ folder, runtime: findPackage('onnxruntime-node') ?? '' });
  });
  afterAll(() => embedder.close());

  it('gives one vector of unit length per text, in order, whatever else is in the batch', async () => {
    const texts = ['my bad knee', 'tea', 'I like coffee and tea', '', 'My BAD knee', 'run '.repeat(900)];
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(8);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
    expect(vectors[4]).toEqual(vectors[0]);
    for (const [index, text] of texts.entries()) expect(dot((await embedder.embed([text]))[0] ?? new Float32Array(), vectors[index] ?? new Float32Array())).toBeCloseTo(1, 4);
    expect(await embedder.embed([])).toEqual([]);
  });

  it('answers many at once, and again after its thread was closed', async () => {
    const [one, many] = await Promise.all([embedder.embed(['tea']), embedder.embed(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 'tea' : 'my bad knee')))]);
    expect(dot(many[48] ?? new Float32Array(), one[0] ?? new Float32Array())).toBeCloseTo(1, 4);
    await embedder.close();
    expect(await embedder.embed(['tea'])).toEqual(one);
  });

  modelSwitchContract(() => embedder);

  it('is checked at the start: vectors are as long as its configuration tells', async () => {
    await embedder.check();
    const wrong = join(home, 'wrong');
    writeTinyOnnx(wrong, { dimensions: 8, told: 384 });
    const other = new OnnxEmbedder({ folder: wrong, runtime: findPackage('onnxruntime-node') ?? '' });
    await expect(other.check()).rejects.toThrow('gives vectors of 8 numbers, and its config.json tells 384');
    await expect(other.embed(['tea'])).rejects.toMatchObject({ code: 'memory.embedder.unavailable' });
    await other.close();
  });
});
