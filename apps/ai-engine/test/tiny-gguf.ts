import { writeFileSync } from 'node:fs';

/** Kinds of values in a GGUF file (its specification, version 3). */
const [UINT32, INT32, FLOAT32, STRING, ARRAY] = [4, 5, 6, 8, 9];
const [UNKNOWN, CONTROL, BYTE, NORMAL] = [2, 3, 6, 1];
const ALIGNMENT = 32;
const [WIDTH, HIDDEN, HEADS, CONTEXT] = [32, 64, 2, 4096];

const fixed = (bytes: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
};
const u32 = (value: number): Buffer => fixed(4, (buffer) => void buffer.writeUInt32LE(value));
const i32 = (value: number): Buffer => fixed(4, (buffer) => void buffer.writeInt32LE(value));
const f32 = (value: number): Buffer => fixed(4, (buffer) => void buffer.writeFloatLE(value));
const u64 = (value: number): Buffer => fixed(8, (buffer) => void buffer.writeBigUInt64LE(BigInt(value)));
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

const number = (key: string, value: number): Buffer => Buffer.concat([text(key), u32(UINT32), u32(value)]);
const words = (key: string, value: string): Buffer => Buffer.concat([text(key), u32(STRING), text(value)]);
const real = (key: string, value: number): Buffer => Buffer.concat([text(key), u32(FLOAT32), f32(value)]);
const list = (key: string, type: number, values: readonly Buffer[]): Buffer => Buffer.concat([text(key), u32(ARRAY), u32(type), u64(values.length), ...values]);

/** A vocabulary of SentencePiece with a token for every byte: every text can be read and written. */
const TOKENS: readonly (readonly [string, number])[] = [
  ['<unk>', UNKNOWN], ['<s>', CONTROL], ['</s>', CONTROL],
  ...Array.from({ length: 256 }, (_, byte) => [`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, BYTE] as const), ['▁', NORMAL],
];

function settings(): Buffer[] {
  return [
    words('general.architecture', 'llama'), words('general.name', 'tiny'), number('llama.context_length', CONTEXT), number('llama.embedding_length', WIDTH),
    number('llama.block_count', 1), number('llama.feed_forward_length', HIDDEN), number('llama.attention.head_count', HEADS), number('llama.attention.head_count_kv', HEADS),
    number('llama.rope.dimension_count', WIDTH / HEADS), real('llama.attention.layer_norm_rms_epsilon', 1e-5), number('llama.vocab_size', TOKENS.length),
    words('tokenizer.ggml.model', 'llama'), list('tokenizer.ggml.tokens', STRING, TOKENS.map(([token]) => text(token))),
    list('tokenizer.ggml.scores', FLOAT32, TOKENS.map((_, index) => f32(-index))), list('tokenizer.ggml.token_type', INT32, TOKENS.map(([, type]) => i32(type))),
    number('tokenizer.ggml.bos_token_id', 1), number('tokenizer.ggml.eos_token_id', 2), number('tokenizer.ggml.unknown_token_id', 0),
  ];
}

/** The tensors of one layer of LLaMA; the innermost dimension first, as in the file. */
const TENSORS: readonly (readonly [string, readonly number[]])[] = [
  ['token_embd.weight', [WIDTH, TOKENS.length]], ['blk.0.attn_norm.weight', [WIDTH]], ['blk.0.attn_q.weight', [WIDTH, WIDTH]], ['blk.0.attn_k.weight', [WIDTH, WIDTH]],
  ['blk.0.attn_v.weight', [WIDTH, WIDTH]], ['blk.0.attn_output.weight', [WIDTH, WIDTH]], ['blk.0.ffn_norm.weight', [WIDTH]], ['blk.0.ffn_gate.weight', [WIDTH, HIDDEN]],
  ['blk.0.ffn_up.weight', [WIDTH, HIDDEN]], ['blk.0.ffn_down.weight', [HIDDEN, WIDTH]], ['output_norm.weight', [WIDTH]], ['output.weight', [WIDTH, TOKENS.length]],
];

/** Writes a model of language with weights drawn by `seed`: it knows nothing, and runs like any other. */
export function writeTinyGguf(path: string, seed = 1): void {
  let state = seed;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.4;
  };
  const weights = TENSORS.map(([name, dimensions]) => {
    const values = Array.from({ length: dimensions.reduce((a, b) => a * b, 1) }, () => f32(name.endsWith('norm.weight') ? 1 : draw()));
    return padded(Buffer.concat(values));
  });
  const places = TENSORS.map(([name, dimensions], index) => {
    const offset = weights.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    return Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(0), u64(offset)]);
  });
  const kept = settings();
  writeFileSync(path, Buffer.concat([padded(Buffer.concat([Buffer.from('GGUF'), u32(3), u64(TENSORS.length), u64(kept.length), ...kept, ...places])), ...weights]));
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
