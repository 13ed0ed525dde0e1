import type { EnvelopeJson, ProfileCue } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { Choices } from '../profile/profile.js';
import type { SealedObservation } from '../profile/profile.repository.js';

/** Opens and seals what a profile rests on, under the person's key. Throws MemoryUnreadable. */
export abstract class SealedProfiles {
  /** The cues of each, in order. */
  abstract openCues(userId: Uuid, observations: readonly SealedObservation[]): Promise<readonly (readonly ProfileCue[])[]>;

  abstract openChoices(userId: Uuid, choices: EnvelopeJson): Promise<Choices>;

  abstract sealChoices(userId: Uuid, choices: Choices): Promise<EnvelopeJson>;
}
