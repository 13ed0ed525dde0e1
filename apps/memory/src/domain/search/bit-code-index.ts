import { codeOf, wordsPerCode } from './bit-codes.js';
import { HAMMING_SCAN } from './hamming-scan.data.js';

/** Vectors that are found by their place. */
export interface Nearest {
  readonly place: number;
  /** Dot product with the query; of unit vectors, their cosine. */
  readonly score: number;
}

interface Scanner {
  readonly memory: WebAssembly.Memory;
  scan(codes: number, count: number, quads: number, query: number, distances: number, histogram: number): void;
  collect(distances: number, count: number, limit: number, found: number): number;
}

const MODULE = new WebAssembly.Module(Buffer.from(HAMMING_SCAN, 'base64'));
const QUAD_WORDS = 16;
const PAGE = 65_536;
/** How many candidates are compared exactly: that many for each one wanted, and no fewer than the least. */
const CANDIDATES_EACH = 4;
const LEAST_CANDIDATES = 400;

/**
 * Finds nearest vectors fast and without native code: 1-bit codes are compared in WebAssembly, the best few hundred then
 * exactly. The codes must look random (a cloak does that); unit length is assumed. Up to 3,968 dimensions.
 */
export class BitCodeIndex {
  private readonly scanner: Scanner;
  private readonly words: number;
  private readonly at: { readonly query: number; readonly histogram: number; readonly distances: number; readonly found: number };

  /** `vectors` lie one behind the other, as do their `codes`; those are made when not given. */
  constructor(
    private readonly vectors: Float32Array,
    private readonly dimensions: number,
    codes?: Uint32Array,
  ) {
    const count = this.count;
    this.words = Math.max(QUAD_WORDS, Math.ceil(wordsPerCode(dimensions) / QUAD_WORDS) * QUAD_WORDS);
    const query = count * this.words * 4;
    const histogram = query + this.words * 4;
    const distances = histogram + (this.words * 32 + 1) * 4 + 12 - ((this.words * 32 * 4) % 16);
    const found = distances + Math.ceil((count * 2 + 16) / 16) * 16;
    this.at = { query, histogram, distances, found };
    this.scanner = new WebAssembly.Instance(MODULE).exports as unknown as Scanner;
    this.scanner.memory.grow(Math.ceil((found + count * 4) / PAGE));
    this.fill(codes);
  }

  get count(): number {
    return this.dimensions === 0 ? 0 : this.vectors.length / this.dimensions;
  }

  /** Bytes that it keeps. */
  get size(): number {
    return this.vectors.byteLength + this.scanner.memory.buffer.byteLength;
  }

  /** The k nearest, nearest first. */
  nearest(query: Float32Array, k: number): Nearest[] {
    const wanted = Math.max(LEAST_CANDIDATES, k * CANDIDATES_EACH);
    if (this.count <= wanted) return best(Array.from({ length: this.count }, (_, place) => this.scored(query, place)), k);
    return best([...this.candidates(codeOf(query), wanted)].map((place) => this.scored(query, place)), k);
  }

  private candidates(code: Uint32Array, wanted: number): Uint32Array {
    const { memory, scan, collect } = this.scanner;
    const { query, histogram, distances, found } = this.at;
    new Uint32Array(memory.buffer, query, this.words).set(code);
    const counts = new Uint32Array(memory.buffer, histogram, this.words * 32 + 1).fill(0);
    scan(0, this.count, this.words / QUAD_WORDS, query, distances, histogram);
    let limit = 0;
    for (let sum = counts[0] ?? 0; sum < wanted; sum += counts[limit] ?? 0) limit += 1;
    return new Uint32Array(memory.buffer, found, collect(distances, this.count, limit, found));
  }

  private fill(codes: Uint32Array | undefined): void {
    const all = new Uint32Array(this.scanner.memory.buffer, 0, this.count * this.words);
    const each = wordsPerCode(this.dimensions);
    for (let place = 0; place < this.count; place += 1) {
      const own = codes?.subarray(place * each, (place + 1) * each) ?? codeOf(this.vectors.subarray(place * this.dimensions, (place + 1) * this.dimensions));
      all.set(own, place * this.words);
    }
  }

  // four sums side by side: they do not wait for one another
  private scored(query: Float32Array, place: number): Nearest {
    const { vectors, dimensions } = this;
    const start = place * dimensions;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < dimensions; index += 4) {
      a += (query[index] ?? 0) * (vectors[start + index] ?? 0);
      b += (query[index + 1] ?? 0) * (vectors[start + index + 1] ?? 0);
      c += (query[index + 2] ?? 0) * (vectors[start + index + 2] ?? 0);
      d += (query[index + 3] ?? 0) * (vectors[start + index + 3] ?? 0);
    }
    return { place, score: a + b + c + d };
  }
}

function best(found: Nearest[], k: number): Nearest[] {
  return found.sort((a, b) => b.score - a.score).slice(0, k);
}
