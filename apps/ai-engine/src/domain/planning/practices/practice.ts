import type { LifeArea } from '@selfos/kernel';

/** A need of the body or the day that a plan has to respect. */
export type Care = 'knee' | 'back' | 'shoulder' | 'heart' | 'breath' | 'pregnancy';

export interface GoalPattern {
  readonly title: string;
  readonly vision: string;
  /** Holds a number: it can be measured. `{amount}` is what the person named. */
  readonly metric: string;
  /** What `{amount}` is when the person named none. */
  readonly amount?: string;
  readonly milestone: string;
  /** A phrase for the resolver, used when the person named no date. */
  readonly horizon: string;
  /** The milestone's date: a phrase. */
  readonly milestoneIn: string;
}

/**
 * One thing worth doing, as the library knows it. Titles may hold `{Part}` (part of the day), `{n}` (minutes) and `{subject}`
 * (what the person named). Times are phrases; code resolves them.
 */
export interface Practice {
  readonly id: string;
  readonly area: LifeArea;
  /** When a sentence is about it; a group named `subject` catches what it is about. */
  readonly pattern: RegExp;
  readonly title: string;
  readonly description: string;
  /** One short true sentence: why it is planned like this. */
  readonly why: string;
  readonly minutes: number;
  readonly energy: number;
  readonly repeat: string;
  readonly at: string;
  /** A step of ten minutes or less, for a first day or a low one. */
  readonly small: string;
  /** What it asks of the body; see care.ts. */
  readonly strains?: readonly Care[];
  /** What to do instead when it asks too much. */
  readonly gentle?: { readonly title: string; readonly description: string };
  /** The sentence names a trouble, not a wish: it is planned for as well ("I feel lonely"). */
  readonly trouble?: true;
  /** The words themselves name an aim, with or without "I want to" ("save 3000 euros"). */
  readonly aim?: true;
  readonly goal?: GoalPattern;
  /** So general that a thing the person likes may take its place. */
  readonly general?: true;
  /** Its words are common: they count half when the area is guessed. */
  readonly weak?: true;
  readonly media?: readonly string[];
}
