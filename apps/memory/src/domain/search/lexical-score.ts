// Okapi BM25 with its customary constants (Robertson and Zaragoza 2009).
const K1 = 1.2;
const B = 0.75;

/** How well each document's words answer the question's, by BM25; 0 where they share none. */
export function lexicalScores(query: readonly string[], documents: readonly (readonly string[])[]): number[] {
  const averageLength = documents.reduce((sum, words) => sum + words.length, 0) / Math.max(1, documents.length);
  const counted = documents.map(countsOf);
  const terms = [...new Set(query)].map((term) => ({ term, weight: rarity(counted, term) }));
  return counted.map((counts, index) => {
    const length = K1 * (1 - B + (B * (documents[index]?.length ?? 0)) / Math.max(1, averageLength));
    return terms.reduce((score, { term, weight }) => {
      const count = counts.get(term) ?? 0;
      return score + (weight * count * (K1 + 1)) / (count + length);
    }, 0);
  });
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function rarity(documents: readonly Map<string, number>[], term: string): number {
  const having = documents.filter((counts) => counts.has(term)).length;
  return Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
}
