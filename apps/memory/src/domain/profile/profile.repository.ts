import type { EnvelopeJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';

/** What was seen at one message or completion, sealed. */
export interface SealedObservation {
  readonly id: Uuid;
  /** Of the event that told of it: older news changes nothing. */
  readonly seq: number;
  readonly at: Date;
  readonly cues: EnvelopeJson;
}

export interface StoredProfile {
  /** Grows when what the profile says changes; 1 before anything is known. */
  readonly version: number;
  /** Grows with every change of what it rests on. */
  readonly changes: number;
  readonly choices: EnvelopeJson | undefined;
  readonly observations: readonly SealedObservation[];
}

/** So many count, the newest; older ones are let go. */
export const MOST_OBSERVATIONS = 1_000;

/** Keeps what people's profiles rest on. Joins the ambient transaction. */
export abstract class ProfileRepository {
  abstract get(userId: Uuid): Promise<StoredProfile>;

  /** Takes the profile for a change if nothing has changed since; no one else changes it until the transaction ends. */
  abstract claim(userId: Uuid, changes: number): Promise<boolean>;

  /** Which of these are news: never seen, or of a higher `seq`. */
  abstract findNews<O extends Pick<SealedObservation, 'id' | 'seq'>>(userId: Uuid, observations: readonly O[]): Promise<readonly O[]>;

  abstract saveObservations(userId: Uuid, observations: readonly SealedObservation[]): Promise<void>;

  abstract saveChoices(userId: Uuid, choices: EnvelopeJson): Promise<void>;

  /** What the profile says is another: a new version, and `profile.updated`. */
  abstract tellUpdated(userId: Uuid): Promise<void>;

  /** Erases what was seen and what the person chose; only the bare ids stay, so that a late repetition teaches nothing again. */
  abstract reset(userId: Uuid): Promise<void>;

  /** Erases everything of one person. */
  abstract removeAll(userId: Uuid): Promise<void>;
}
