/** A secret orthogonal map: three rounds of sign flip, permutation and block Hadamard. It keeps every angle and length. */
export interface Rotation {
  readonly rounds: readonly Round[];
}

interface Round {
  readonly signs: Float32Array;
  readonly order: Uint16Array;
}

const ROUNDS = 3;
const LARGEST_BLOCK = 512;

/** How many secret bytes a rotation of that many dimensions is made from. */
export function rotationBytes(dimensions: number): number {
  return ROUNDS * dimensions * 5;
}

/** The rotation that `secret` (rotationBytes long, uniformly random) stands for. */
export function rotationFrom(secret: Uint8Array, dimensions: number): Rotation {
  const view = new DataView(secret.buffer, secret.byteOffset, secret.byteLength);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const start = round * dimensions * 5;
    const signs = Float32Array.from({ length: dimensions }, (_sign, index) => (view.getUint8(start + index) % 2 === 0 ? 1 : -1));
    return { signs, order: shuffled(dimensions, (index) => view.getUint32(start + dimensions + index * 4)) };
  });
  return { rounds };
}

/** The vector as it looks in the secret space. */
export function rotate(rotation: Rotation, vector: Float32Array): Float32Array {
  const block = blockOf(vector.length);
  return rotation.rounds.reduce((current, { signs, order }) => {
    const next = Float32Array.from(order, (from) => (current[from] ?? 0) * (signs[from] ?? 1));
    for (let start = 0; start < next.length; start += block) hadamard(next.subarray(start, start + block));
    return next;
  }, vector);
}

function shuffled(length: number, random: (index: number) => number): Uint16Array {
  const order = Uint16Array.from({ length }, (_, index) => index);
  for (let index = length - 1; index > 0; index -= 1) {
    const other = random(index) % (index + 1);
    const moved = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/** The largest power of two that divides the dimensions: 512 → one block, 1536 → three. */
function blockOf(dimensions: number): number {
  let block = 1;
  while (block < LARGEST_BLOCK && dimensions % (block * 2) === 0) block *= 2;
  return block;
}

// fast Walsh-Hadamard transform in place, scaled to keep lengths
function hadamard(values: Float32Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += half * 2) butterflies(values, start, half);
  }
  const scale = 1 / Math.sqrt(values.length);
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) * scale;
}

function butterflies(values: Float32Array, start: number, half: number): void {
  for (let index = start; index < start + half; index += 1) {
    const a = values[index] ?? 0;
    const b = values[index + half] ?? 0;
    values[index] = a + b;
    values[index + half] = a - b;
  }
}
