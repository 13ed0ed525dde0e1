/** The bundled model is small: beside the words themselves it may only tip the scales. */
const VECTOR_WEIGHT = 0.45;

/** Both signals of each document as one score: standardised, then added, the vector's with less weight. Higher is nearer. */
export function fuse(lexical: readonly number[], likeness: readonly number[]): number[] {
  const words = standardised(lexical);
  const vectors = standardised(likeness);
  return words.map((score, index) => score + VECTOR_WEIGHT * (vectors[index] ?? 0));
}

// z-scores; where all are the same, nothing can be told apart and all are 0
function standardised(scores: readonly number[]): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length);
  const deviation = Math.sqrt(variance);
  return scores.map((score) => (deviation < 1e-9 ? 0 : (score - mean) / deviation));
}
