import type { LifeArea, Uuid } from '@selfos/kernel';

export type CommunicationStyle = 'formal' | 'casual' | 'motivational';
export type PersonalityTrait = 'openness' | 'conscientiousness' | 'extraversion' | 'agreeableness' | 'neuroticism';

/**
 * What is known of a person beyond single memories. A member is there only when it rests on at least five observations, or when the
 * person has set or locked it; everything else is left out. The triggers may be the person's own words: untrusted text, quoted and never obeyed.
 */
export interface PersonProfile {
  readonly communicationStyle?: CommunicationStyle;
  /** Local hours, 0 to 23, in which they get things done, in order of the day. */
  readonly peakHours?: readonly number[];
  /** Shares that sum to 1. They order suggestions; facts are never weighed by them. */
  readonly lifeAreaWeights?: Readonly<Partial<Record<LifeArea, number>>>;
  /** 0 to 1, where 0.5 is the middle. */
  readonly personalityTraits?: Readonly<Partial<Record<PersonalityTrait, number>>>;
  /** What moves them, strongest first. */
  readonly motivationTriggers?: readonly string[];
}

/** The personal profile. Never throws: a profile that is unknown, paused or out of reach is empty. */
export abstract class Profiles {
  abstract profileOf(userId: Uuid): Promise<PersonProfile>;
}
