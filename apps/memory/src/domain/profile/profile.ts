import type { ProfileCue } from '@selfos/contracts';
import type { LifeArea, Uuid } from '@selfos/kernel';

export const TRAITS = ['openness', 'conscientiousness', 'extraversion', 'agreeableness', 'neuroticism'] as const;
export type Trait = (typeof TRAITS)[number];

/** Everything a profile may tell, by name. Shares and traits are 0 to 1; the middle of a trait is 0.5. */
export interface ProfileValues extends Record<Trait, number> {
  readonly communication_style: 'formal' | 'casual' | 'motivational';
  /** Local hours, 0 to 23, in order. */
  readonly peak_hours: readonly number[];
  /** Shares that sum to 1. */
  readonly life_area_weights: Readonly<Partial<Record<LifeArea, number>>>;
  /** Strongest first. */
  readonly motivation_triggers: readonly string[];
}
export type ValueName = keyof ProfileValues;
export const VALUE_NAMES: readonly ValueName[] = ['communication_style', 'peak_hours', 'life_area_weights', 'motivation_triggers', ...TRAITS];

/** Nothing is shown, nor used, that rests on fewer. */
export const ENOUGH = 5;

/** What one message or completion showed, by the id of what it is. */
export interface Observation {
  readonly id: Uuid;
  /** When it was said or done. */
  readonly at: Date;
  readonly cues: readonly ProfileCue[];
}

export interface Known<V> {
  readonly value: V;
  /** 0 to 1; falls with time when nothing new is seen. A value of the person's own is certain. */
  readonly confidence: number;
  /** How many it rests on. */
  readonly observations: number;
  /** The newest of them. */
  readonly evidence: readonly Uuid[];
  readonly locked: boolean;
}
export type Profile = { readonly [N in ValueName]?: Known<ProfileValues[N]> };

/** What the person decided about one value. */
export interface Choice<V> {
  /** Stands for ever, whatever is seen; until they unlock it. */
  readonly value?: V | undefined;
  /** Only what came after counts (ISO instant): they reset it then. */
  readonly since?: string | undefined;
}
export type Choices = { readonly [N in ValueName]?: Choice<ProfileValues[N]> };

/** What they ask for one value: `reset` is done first, and a value given is locked. */
export interface Change<V> {
  readonly value?: V | undefined;
  readonly locked?: boolean | undefined;
  readonly reset?: true | undefined;
}
export type Changes = { readonly [N in ValueName]?: Change<ProfileValues[N]> | undefined };
