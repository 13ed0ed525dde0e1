import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Protocol Buffers as they lie on the wire: a key of field and kind, then a number or so many bytes. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: readonly number[]): number[] => [...varint(field * 8 + 2), ...varint(value.length), ...value];
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);

const INT64 = 7;
const FLOAT = 1;

/** `ValueInfoProto`: a name, and a tensor whose sizes are named or known. */
function value(name: string, type: number, sizes: readonly (string | number)[]): number[] {
  const shape = sizes.flatMap((size) => bytes(1, typeof size === 'string' ? text(2, size) : number(1, size)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, shape)]))];
}

/** A model of one operation: `last_hidden_state` is the row of a table for each of `input_ids`. IR 8, operator set 17. */
function gatherModel(table: readonly (readonly number[])[]): Uint8Array {
  const dimensions = table[0]?.length ?? 0;
  const floats = new Uint8Array(Float32Array.from(table.flat()).buffer);
  const tensor = [...number(1, table.length), ...number(1, dimensions), ...number(2, FLOAT), ...text(8, 'table'), ...bytes(9, [...floats])];
  const node = [...text(1, 'table'), ...text(1, 'input_ids'), ...text(2, 'last_hidden_state'), ...text(4, 'Gather')];
  const graph = [
    ...bytes(1, node), ...text(2, 'tiny'), ...bytes(5, tensor), ...bytes(11, value('input_ids', INT64, ['texts', 'tokens'])), ...bytes(11, value('attention_mask', INT64, ['texts', 'tokens'])),
    ...bytes(12, value('last_hidden_state', FLOAT, ['texts', 'tokens', dimensions])),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(8, number(2, 17)), ...bytes(7, graph)]);
}

const WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'tea', 'coffee', 'knee', 'run', 'bad', 'my', 'i', 'like'];

export interface TinyOnnx {
  readonly dimensions?: number;
  /** What config.json tells, where it is wrong. */
  readonly told?: number;
  /** Another model of the same shape. */
  readonly turn?: number;
}

/** Writes a folder as models of sentences are published, small enough to be read: a vector for each of a dozen words. */
export function writeTinyOnnx(folder: string, { dimensions = 8, told = dimensions, turn = 0 }: TinyOnnx = {}): void {
  mkdirSync(folder, { recursive: true });
  const table = WORDS.map((_, word) => Array.from({ length: dimensions }, (__, place) => Math.round(100 * Math.sin(1 + turn + word * 7 + place * place * 3)) / 100));
  const vocab = Object.fromEntries(WORDS.map((word, id) => [word, id]));
  const template = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const special = (id: string) => ({ id, ids: [vocab[id]], tokens: [id] });
  const tokenizer = {
    version: '1.0', truncation: null, padding: null, added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true }, pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing', single: [template('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, template('[SEP]')], pair: [], special_tokens: { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true }, model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab },
  };
  writeFileSync(join(folder, 'model.onnx'), gatherModel(table));
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ tokenizer_class: 'BertTokenizer', unk_token: '[UNK]', model_max_length: 16 }));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ hidden_size: told, max_position_embeddings: 16 }));
}
