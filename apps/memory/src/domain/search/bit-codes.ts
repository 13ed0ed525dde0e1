/** How many 32-bit words hold one bit for each dimension. */
export function wordsPerCode(dimensions: number): number {
  return Math.ceil(dimensions / 32);
}

/** A vector's code: one bit for the sign of each dimension. Of vectors that look in random directions, codes that differ little belong to vectors that lie near. */
export function codeOf(vector: Float32Array): Uint32Array {
  const code = new Uint32Array(wordsPerCode(vector.length));
  for (let index = 0; index < vector.length; index += 1) {
    if ((vector[index] ?? 0) > 0) code[index >>> 5] = (code[index >>> 5] ?? 0) | (1 << (index & 31));
  }
  return code;
}

/** How many bits of a 32-bit word are set (Warren, Hacker's Delight 5-1). */
export function bitsSet(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
