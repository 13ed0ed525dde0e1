const CONSIDERED = 60;
const PENALTY = 0.4;

/**
 * The scores again, so that the first ones come from more than one session: each passage loses a little for every better one of
 * its own session (a greedy choice, after Carbonell and Goldstein's maximal marginal relevance). For questions that ask for several things.
 */
export function spread(scores: Float64Array, sessionOf: ArrayLike<number>): Float64Array {
  const ranked = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const left = new Set(ranked.slice(0, CONSIDERED));
  const taken = new Map<number, number>();
  const worth = (place: number): number => (scores[place] ?? 0) - PENALTY * (taken.get(sessionOf[place] ?? 0) ?? 0);
  const spreadOut = Float64Array.from(scores);
  let least = Infinity;
  while (left.size > 0) {
    const next = [...left].reduce((best, place) => (worth(place) > worth(best) ? place : best));
    least = worth(next);
    spreadOut[next] = least;
    left.delete(next);
    taken.set(sessionOf[next] ?? 0, (taken.get(sessionOf[next] ?? 0) ?? 0) + 1);
  }
  for (const place of ranked.slice(CONSIDERED)) spreadOut[place] = Math.min(scores[place] ?? 0, least);
  return spreadOut;
}
