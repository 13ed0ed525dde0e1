// Weights learned from questions whose evidence is known: a linear model under a softmax over passages, by gradient ascent (Adam).
const ROUNDS = 120;
const STEP = 0.06;
const DECAY = 0.01;
const HARDEST = 60;

/** A question's hardest passages and its evidence, as rows of signal values. */
export function toRow({ signals, scores, evidence }, names) {
  const hardest = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, HARDEST);
  const chosen = [...new Set([...evidence, ...hardest])];
  return { gold: evidence.length, values: chosen.map((index) => names.map((name) => signals[name][index])) };
}

export function learn(rows, names) {
  const weights = names.map(() => 0);
  const speed = names.map(() => ({ first: 0, second: 0 }));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const gradient = names.map(() => 0);
    for (const row of rows) addGradient(row, weights, gradient);
    names.forEach((_, index) => {
      const slope = gradient[index] / rows.length - DECAY * weights[index];
      const one = speed[index];
      one.first = 0.9 * one.first + 0.1 * slope;
      one.second = 0.99 * one.second + 0.01 * slope * slope;
      weights[index] += (STEP * (one.first / (1 - 0.9 ** round))) / (Math.sqrt(one.second / (1 - 0.99 ** round)) + 1e-8);
    });
  }
  return Object.fromEntries(names.map((name, index) => [name, weights[index]]));
}

function addGradient({ gold, values }, weights, gradient) {
  const scores = values.map((row) => row.reduce((sum, value, index) => sum + value * weights[index], 0));
  const highest = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - highest));
  const all = parts.reduce((sum, part) => sum + part, 0);
  values.forEach((row, place) => {
    const push = (place < gold ? 1 / gold : 0) - parts[place] / all;
    row.forEach((value, index) => (gradient[index] += push * value));
  });
}
