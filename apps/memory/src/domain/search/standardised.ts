/** z-scores: how many standard deviations each value lies from the mean; where all are the same, nothing can be told apart and all are 0. */
export function standardised(values: Float64Array): Float64Array {
  const count = Math.max(1, values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  return values.map((value) => (deviation < 1e-9 ? 0 : (value - mean) / deviation));
}
