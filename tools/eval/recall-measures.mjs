import { CATEGORIES } from './locomo-data.mjs';

const round = (value, digits) => Number(value.toFixed(digits));

/** The rank (0 is best) of each piece of evidence under the scores; of equals the earlier passage first. */
export function ranksOf(scores, evidence) {
  return evidence.map((gold) => {
    let rank = 0;
    for (let index = 0; index < scores.length; index += 1) if (scores[index] > scores[gold] || (scores[index] === scores[gold] && index < gold)) rank += 1;
    return rank;
  });
}

/** Evidence recall in percent at 5 and 10, and mean reciprocal rank of the first piece, per category and overall. */
export function measure(answers) {
  const groups = Object.entries(CATEGORIES).map(([category, name]) => [name, answers.filter((one) => one.category === Number(category))]);
  return Object.fromEntries([['overall', answers], ...groups].map(([name, group]) => [name, summary(group)]));
}

function summary(answers) {
  const mean = (value) => answers.reduce((sum, answer) => sum + value(answer), 0) / Math.max(1, answers.length);
  const recall = (k) => round(100 * mean(({ ranks }) => ranks.filter((rank) => rank < k).length / ranks.length), 1);
  return { questions: answers.length, 'recall@5': recall(5), 'recall@10': recall(10), mrr: round(mean(({ ranks }) => 1 / (1 + Math.min(...ranks))), 3) };
}
