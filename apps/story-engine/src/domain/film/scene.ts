import type { LifeArea } from '@selfos/kernel';

interface SceneWords {
  /** A few words in capitals above the sentence: area and day. */
  readonly label: string;
  /** What is said, by voice and on the card. */
  readonly sentence: string;
  readonly footnote?: string | undefined;
  /** The hue. */
  readonly area: LifeArea;
}

/** Daylight: one soft shape on warm paper. */
export interface PaperScene extends SceneWords {
  readonly template: 'paper';
}

/** Evening: one figure, and the week's days as ridges. */
export interface NightScene extends SceneWords {
  readonly template: 'night';
  /** At most about eight glyphs: "5 h 45". */
  readonly figure: string;
  readonly unit: string;
  /** Minutes of the seven days of the period: the heights of the ridges. */
  readonly days: readonly number[];
  /** The initials of those days. */
  readonly initials: readonly string[];
}

export type Scene = PaperScene | NightScene;
