import type { ProfileCue } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';

/** What one message or completion shows of a person. Without cues it was taken back. */
export interface Observation {
  /** Of the message or the occurrence. */
  readonly id: Uuid;
  /** The newest telling counts. */
  readonly seq: number;
  readonly at: Date;
  readonly cues: readonly ProfileCue[];
}

/** Where the profile learns. Telling the same again changes nothing. */
export abstract class Observations {
  abstract tell(userId: Uuid, seen: readonly Observation[]): Promise<void>;
}
