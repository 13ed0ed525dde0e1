/** The constants of Okapi BM25 (Robertson and Zaragoza 2009): how soon a repeated word stops counting, how much length counts against. */
export interface Bm25Constants {
  readonly k1: number;
  readonly b: number;
}

const CUSTOMARY: Bm25Constants = { k1: 1.2, b: 0.75 };

/** One document's share of a word. */
interface Posting {
  readonly document: number;
  readonly count: number;
}

/** Documents by their words, ready to be asked many times. Built once; memory grows with the number of distinct words per document. */
export class PostingIndex {
  private readonly postings = new Map<string, Posting[]>();
  private readonly lengths: Float64Array;
  private readonly averageLength: number;

  constructor(documents: readonly (readonly string[])[], private readonly constants: Bm25Constants = CUSTOMARY) {
    this.lengths = Float64Array.from(documents, (words) => words.length);
    this.averageLength = Math.max(1, this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length));
    documents.forEach((words, document) => {
      for (const [word, count] of countsOf(words)) this.of(word).push({ document, count });
    });
  }

  /** How well each document answers the words, by BM25; 0 where they share none. */
  scores(words: Iterable<string>): Float64Array {
    const { k1, b } = this.constants;
    const scores = new Float64Array(this.lengths.length);
    for (const word of new Set(words)) {
      const weight = this.rarity(word) * (k1 + 1);
      for (const { document, count } of this.postings.get(word) ?? []) {
        const length = (this.lengths[document] ?? 0) / this.averageLength;
        scores[document] = (scores[document] ?? 0) + (weight * count) / (count + k1 * (1 - b + b * length));
      }
    }
    return scores;
  }

  /** What part of the question each document has, its rare words counting more; 0 to 1. */
  coverage(words: Iterable<string>): Float64Array {
    const covered = new Float64Array(this.lengths.length);
    let all = 0;
    for (const word of new Set(words)) {
      const weight = this.rarity(word);
      all += weight;
      for (const { document } of this.postings.get(word) ?? []) covered[document] = (covered[document] ?? 0) + weight;
    }
    return all === 0 ? covered : covered.map((weight) => weight / all);
  }

  /** The inverse document frequency of a word, never negative. */
  private rarity(word: string): number {
    const having = this.postings.get(word)?.length ?? 0;
    return Math.log(1 + (this.lengths.length - having + 0.5) / (having + 0.5));
  }

  private of(word: string): Posting[] {
    const known = this.postings.get(word);
    if (known !== undefined) return known;
    const fresh: Posting[] = [];
    this.postings.set(word, fresh);
    return fresh;
  }
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
