import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

// Runs as source and as built: it imports nothing of ours.

interface Mounted {
  readonly file: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string | undefined;
  readonly mostTokens: number;
  readonly pooling: 'first' | 'mean';
  readonly runtime: string;
  readonly tokenizers: string;
}

interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, Tensor>>>;
}

interface Runtime {
  readonly InferenceSession: { create(file: string, options: object): Promise<Session> };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown;
}

interface Tokenizer {
  encode(text: string): { readonly ids: readonly number[] };
}

interface Tokenizers {
  readonly Tokenizer: new (tokenizer: unknown, config: unknown) => Tokenizer;
}

/** Of like length together, so that little is padded. */
const BATCH = 16;
const mounted = workerData as Mounted;
const loading = load();
// whoever asks is told
loading.catch(() => undefined);

parentPort?.on('message', ({ id, texts }: { readonly id: number; readonly texts: readonly string[] }) => {
  embed(texts).then(
    (vectors) => parentPort?.postMessage({ id, vectors }),
    (error: unknown) => parentPort?.postMessage({ id, failure: error instanceof Error ? error.name : 'unknown' }),
  );
});

async function load() {
  const runtime = await bring<Runtime>(mounted.runtime);
  const { Tokenizer: TokenizerOf } = await bring<Tokenizers>(mounted.tokenizers);
  const tokenizer = new TokenizerOf(read(mounted.tokenizer), mounted.tokenizerConfig === undefined ? {} : read(mounted.tokenizerConfig));
  const session = await runtime.InferenceSession.create(mounted.file, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return { runtime, tokenizer, session };
}

/** A CommonJS module lies under `default`. */
async function bring<T extends object>(path: string): Promise<T> {
  const found = (await import(pathToFileURL(path).href)) as T | { readonly default: T };
  return 'default' in found ? found.default : found;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function embed(texts: readonly string[]): Promise<Float32Array[]> {
  const { tokenizer } = await loading;
  const coded = texts.map((text, place) => ({ place, ids: cut(tokenizer.encode(text).ids) })).sort((a, b) => a.ids.length - b.ids.length);
  const vectors: Float32Array[] = texts.map(() => new Float32Array());
  for (let start = 0; start < coded.length; start += BATCH) {
    const batch = coded.slice(start, start + BATCH);
    const found = await run(batch.map(({ ids }) => ids));
    batch.forEach(({ place }, index) => (vectors[place] = found[index] ?? new Float32Array()));
  }
  return vectors;
}

/** The last token closes the text, so it stays. A text of no tokens is its padding. */
function cut(ids: readonly number[]): readonly number[] {
  if (ids.length === 0) return [0];
  return ids.length <= mounted.mostTokens ? ids : [...ids.slice(0, mounted.mostTokens - 1), ids.at(-1) ?? 0];
}

async function run(batch: readonly (readonly number[])[]): Promise<Float32Array[]> {
  const { runtime, session } = await loading;
  const width = Math.max(...batch.map(({ length }) => length));
  const tensor = (valueOf: (ids: readonly number[], place: number) => number): unknown =>
    new runtime.Tensor('int64', BigInt64Array.from(batch.flatMap((ids) => Array.from({ length: width }, (_, place) => BigInt(valueOf(ids, place))))), [batch.length, width]);
  const inputs: Readonly<Record<string, unknown>> = {
    input_ids: tensor((ids, place) => ids[place] ?? 0),
    attention_mask: tensor((ids, place) => (place < ids.length ? 1 : 0)),
    token_type_ids: tensor(() => 0),
  };
  const answer = await session.run(Object.fromEntries(session.inputNames.map((name) => [name, inputs[name]])));
  const name = ['sentence_embedding', 'last_hidden_state'].find((known) => session.outputNames.includes(known)) ?? session.outputNames[0] ?? '';
  const output = answer[name];
  if (output === undefined) throw new TypeError('the model gave nothing');
  return batch.map((ids, row) => pooled(output, row, ids.length));
}

/** One vector of a text: the model's own, that of the first token, or the mean over its tokens, the padding left out. */
function pooled({ data, dims }: Tensor, row: number, tokens: number): Float32Array {
  const size = dims.at(-1) ?? 0;
  if (dims.length === 2) return data.slice(row * size, (row + 1) * size);
  const start = row * (dims[1] ?? 0) * size;
  const counted = mounted.pooling === 'first' ? 1 : tokens;
  const mean = new Float32Array(size);
  for (let token = 0; token < counted; token += 1) {
    for (let place = 0; place < size; place += 1) mean[place] = (mean[place] ?? 0) + (data[start + token * size + place] ?? 0) / counted;
  }
  return mean;
}
