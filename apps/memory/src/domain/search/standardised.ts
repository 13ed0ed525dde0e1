/** z-scores: how many standard deviations each value lies from the mean; where all are the same, nothing can be told apart and all are 0. */
export function standardised(values: Float64Array): Float64Array {
  const count = Math.max(1, values.length);
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const deviation = Math.sqrt(squares / count);
  const scores = new Float64Array(values.length);
  if (deviation < 1e-9) return scores;
  for (let index = 0; index < values.length; index += 1) scores[index] = ((values[index] ?? 0) - mean) / deviation;
  return scores;
}
