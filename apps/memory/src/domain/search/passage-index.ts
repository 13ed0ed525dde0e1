import { type Passage, termsOf, type Traits, traitsOf } from './passage.js';
import { nearness, type Period } from './period.js';
import { PostingIndex } from './posting-index.js';
import type { Question } from './question.js';
import { spread } from './spread.js';
import { standardised } from './standardised.js';
import { tokensOf } from './tokens.js';
import { DEFAULT_WEIGHTS, type Signals, type SignalWeights } from './weights.js';

const REACH = 2;

export interface Found {
  readonly passage: Passage;
  /** Comparable within one answer only; higher is nearer. */
  readonly score: number;
}

/** What is known of the meaning of passages: the cosine with the question, by id. The nearest few hundred suffice. */
export type Likeness = ReadonlyMap<string, number>;

/**
 * Finds passages by their words, their neighbours, their session, their meaning and their time. Built once over the passages of
 * one person, in the order in which they were said; a question takes about a millisecond for some hundred of them.
 */
export class PassageIndex {
  /** Everybody who speaks in it. */
  readonly speakers: readonly string[];
  private readonly traits: readonly Traits[];
  private readonly windows: PostingIndex;
  private readonly own: PostingIndex;
  private readonly sessions: PostingIndex;
  private readonly sessionOf: Int32Array;

  constructor(readonly passages: readonly Passage[]) {
    this.speakers = [...new Set(passages.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])))];
    const names = new Set(this.speakers.flatMap(tokensOf));
    const terms = passages.map((passage) => termsOf(passage, names));
    const numbers = new Map([...new Set(passages.map(({ session }) => session))].map((session, number) => [session, number]));
    this.sessionOf = Int32Array.from(passages, ({ session }) => numbers.get(session) ?? 0);
    this.traits = passages.map(traitsOf);
    this.own = new PostingIndex(terms);
    this.windows = new PostingIndex(passages.map((_, index) => this.around(index).flatMap((near) => terms[near] ?? [])), { k1: 1.2, b: 0.5 });
    this.sessions = new PostingIndex([...numbers.values()].map((number) => terms.filter((_, index) => this.sessionOf[index] === number).flat()));
  }

  /** All passages by the weights, best first; of equals the later one first. */
  search(question: Question, likeness: Likeness, weights: SignalWeights = DEFAULT_WEIGHTS): Found[] {
    const weighed = weigh(this.signals(question, likeness), weights, this.passages.length);
    const scores = question.asksSeveral ? spread(weighed, this.sessionOf) : weighed;
    return this.passages
      .map((passage, index) => ({ passage, score: scores[index] ?? 0 }))
      .sort((a, b) => b.score - a.score || b.passage.at.getTime() - a.passage.at.getTime());
  }

  /** Every signal of every passage, in their order. */
  signals(question: Question, likeness: Likeness): Signals {
    return { ...this.lexical(question), ...this.semantic(likeness), ...this.structural(question) };
  }

  private lexical({ terms }: Question) {
    const own = this.own.scores(terms);
    const sessions = this.sessions.scores(terms);
    const best = new Float64Array(sessions.length);
    own.forEach((score, index) => {
      const session = this.sessionOf[index] ?? 0;
      best[session] = Math.max(best[session] ?? 0, score);
    });
    const asked = own.map((_, index) => (this.traits[index - 1]?.asks === 1 ? this.neighbour(own, index, -1) : 0));
    return {
      window: standardised(this.windows.scores(terms)),
      session: standardised(own.map((_, index) => sessions[this.sessionOf[index] ?? 0] ?? 0)),
      sessionBest: standardised(own.map((_, index) => best[this.sessionOf[index] ?? 0] ?? 0)),
      coverage: standardised(this.own.coverage(terms)),
      answers: standardised(asked),
    };
  }

  private semantic(likeness: Likeness) {
    const least = Math.min(1, ...likeness.values());
    const cosines = Float64Array.from(this.passages, ({ id }) => likeness.get(id) ?? least);
    return {
      meaning: standardised(cosines),
      meaningBefore: standardised(cosines.map((_, index) => this.neighbour(cosines, index, -1))),
      meaningAfter: standardised(cosines.map((_, index) => this.neighbour(cosines, index, 1))),
    };
  }

  private structural({ about, asksWhen, asksHowMany, asksName, period }: Question) {
    const of = (value: (traits: Traits, index: number) => number): Float64Array => Float64Array.from(this.traits, value);
    const opens = of((_, index) => (this.sessionOf[index - 1] === this.sessionOf[index] ? 0 : 1));
    return {
      speaker: of((_, index) => (about === undefined ? 0 : Number(this.passages[index]?.speaker === about))),
      time: of((_, index) => (period === undefined ? 0 : timeliness(this.passages[index], period))),
      endsAsQuestion: of((traits) => traits.endsAsQuestion),
      asks: of((traits) => traits.asks),
      personal: of((traits) => traits.personal),
      length: of((traits) => traits.length),
      tellsTime: of((traits) => traits.tellsTime),
      tellsTimeWhenAsked: of((traits) => (asksWhen ? traits.tellsTime : 0)),
      numberWhenAsked: of((traits) => (asksHowMany ? traits.hasNumber : 0)),
      nameWhenAsked: of((traits) => (asksName ? traits.hasName : 0)),
      opens,
      opensWhenAsked: opens.map((first) => (asksWhen ? first : 0)),
    };
  }

  /** The passages said within reach of one, itself included, in order. */
  private around(index: number): number[] {
    const reach = Array.from({ length: 2 * REACH + 1 }, (_, step) => index + step - REACH);
    return reach.filter((near) => near >= 0 && this.sessionOf[near] === this.sessionOf[index]);
  }

  private neighbour(values: Float64Array, index: number, step: number): number {
    return this.sessionOf[index + step] === this.sessionOf[index] ? (values[index + step] ?? 0) : 0;
  }
}

// what lasts is timely when it held in that period
function timeliness(passage: Passage | undefined, period: Period): number {
  if (passage === undefined) return 0;
  const { at, until } = passage;
  const held = until !== undefined && at < period.to && (until === null || until > period.from);
  return held ? 1 : nearness(at, period);
}

function weigh(signals: Signals, weights: SignalWeights, length: number): Float64Array {
  const scores = new Float64Array(length);
  for (const name of Object.keys(weights) as (keyof SignalWeights)[]) {
    const [signal, weight] = [signals[name], weights[name]];
    for (let index = 0; index < length; index += 1) scores[index] = (scores[index] ?? 0) + weight * (signal[index] ?? 0);
  }
  return scores;
}
