/** Everything by which a passage is judged, each made comparable before it is weighed. docs/benchmarks.md says what each brings. */
export interface SignalWeights {
  /** BM25 over the passage and two neighbours on either side. */
  readonly window: number;
  /** BM25 over the whole session. */
  readonly session: number;
  /** The best passage of the session, by its words. */
  readonly sessionBest: number;
  readonly coverage: number;
  /** Cosine of the vectors; and those of the passages just before and after. */
  readonly meaning: number;
  readonly meaningBefore: number;
  readonly meaningAfter: number;
  /** Said by the one whom the question is about. */
  readonly speaker: number;
  /** Said in the time that the question names. */
  readonly time: number;
  /** Comes just after a question of somebody's that matches: likely its answer. */
  readonly answers: number;
  readonly endsAsQuestion: number;
  readonly asks: number;
  readonly personal: number;
  readonly length: number;
  readonly tellsTime: number;
  readonly tellsTimeWhenAsked: number;
  readonly numberWhenAsked: number;
  readonly nameWhenAsked: number;
  /** The first of its session, where news is told. */
  readonly opens: number;
  readonly opensWhenAsked: number;
}

/**
 * Set by hand, in round numbers. A model that is small, as the bundled one, counts about as much as one good lexical signal.
 */
export const DEFAULT_WEIGHTS: SignalWeights = {
  window: 0.45, session: 0.25, sessionBest: 0.25, coverage: 0.15,
  meaning: 0.6, meaningBefore: 0.3, meaningAfter: 0.15,
  speaker: 1.75, time: 2, answers: 0.1,
  endsAsQuestion: -0.5, asks: -0.25, personal: 0.2, length: 0.2,
  tellsTime: 0.4, tellsTimeWhenAsked: 0.9, numberWhenAsked: 0.25, nameWhenAsked: 0.8,
  opens: 0.7, opensWhenAsked: 0.3,
};

export type Signals = { readonly [Name in keyof SignalWeights]: ArrayLike<number> };
