import type { LifeArea } from '@selfos/kernel';
import type { ClaimedSentence } from './claim-checker.js';

/** A scene of the film. `days` are the minutes of the seven days, Monday or whatever the period starts with first. */
export interface Scene {
  readonly kind: 'paper' | 'night';
  readonly lifeArea: LifeArea;
  readonly label: string;
  readonly sentence: string;
  readonly footnote: string | null;
  readonly figure: string | null;
  readonly figureUnit: string | null;
  readonly days: readonly number[] | null;
  readonly durationSeconds: number;
  readonly evidenceIds: readonly string[];
}

/** The week as a story: what is said, with the evidence of each sentence, and its four forms. */
export interface Story {
  readonly title: string;
  readonly sentences: readonly ClaimedSentence[];
  readonly caption: string;
  readonly scenes: readonly Scene[];
  readonly blogMarkdown: string;
  readonly noteMarkdown: string;
}
