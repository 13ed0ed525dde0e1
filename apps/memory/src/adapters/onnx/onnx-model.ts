import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';

/** A mounted model: its files, how long its vectors are and how they are made of the words'. */
export interface OnnxModel {
  /** Names the space: another file of the same name is another model. */
  readonly name: string;
  readonly file: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string | undefined;
  readonly dimensions: number;
  readonly mostTokens: number;
  /** `first`: the vector of the first token; `mean`: of all of them. */
  readonly pooling: 'first' | 'mean';
}

const FILES = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx'];
const EDGE_BYTES = 65_536;
const DEFAULT_TOKENS = 512;

const config = z.object({ hidden_size: z.int().min(1).optional(), dim: z.int().min(1).optional(), max_position_embeddings: z.int().min(1).optional() });
const poolingConfig = z.object({ pooling_mode_cls_token: z.boolean().optional() });

/** Reads what lies in a folder as models of sentences are published: `model.onnx`, `tokenizer.json`, `config.json`. Throws an error that names what is missing. */
export function readOnnxModel(folder: string): OnnxModel {
  const root = resolve(folder);
  const file = FILES.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`MEMORY_ONNX_MODEL is a folder without a model: none of ${FILES.join(', ')} lies in it`);
  const tokenizer = join(root, 'tokenizer.json');
  if (!existsSync(tokenizer)) throw new Error('MEMORY_ONNX_MODEL is a folder without tokenizer.json');
  const { hidden_size: hidden, dim, max_position_embeddings: positions = DEFAULT_TOKENS } = config.parse(read(join(root, 'config.json')) ?? {});
  const dimensions = hidden ?? dim;
  if (dimensions === undefined) throw new Error('MEMORY_ONNX_MODEL is a folder whose config.json does not tell hidden_size');
  const takesFirst = poolingConfig.parse(read(join(root, '1_Pooling', 'config.json')) ?? {}).pooling_mode_cls_token === true;
  const settings = join(root, 'tokenizer_config.json');
  return {
    name: `onnx/${basename(root)}@${dimensions}-${fingerprint(file)}`, file, tokenizer, tokenizerConfig: existsSync(settings) ? settings : undefined,
    dimensions, mostTokens: Math.min(DEFAULT_TOKENS, positions), pooling: takesFirst ? 'first' : 'mean',
  };
}

function read(path: string): unknown {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
}

/** Of the size, the beginning and the end: models are large, and differ everywhere when they differ. */
function fingerprint(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const edge = Buffer.alloc(Math.min(EDGE_BYTES, size));
    const hash = createHash('sha256').update(String(size));
    for (const from of [0, size - edge.length]) {
      readSync(handle, edge, 0, edge.length, from);
      hash.update(edge);
    }
    return hash.digest('hex').slice(0, 8);
  } finally {
    closeSync(handle);
  }
}
