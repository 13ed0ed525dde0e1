import { Embedder } from '../../domain/ports/embedder.js';
import { tokensOf } from '../../domain/search/tokens.js';

const DIMENSIONS = 64;

/** For specs: the same words give the same vector, other words mostly another one. Needs no model. */
export class WordEmbedder extends Embedder {
  readonly model: string = 'words-64';
  readonly dimensions = DIMENSIONS;

  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return Promise.resolve(texts.map(vectorOf));
  }
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of tokensOf(text)) {
    const place = hashOf(word) % DIMENSIONS;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

// FNV-1a
function hashOf(word: string): number {
  return [...word].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0, 2_166_136_261);
}
