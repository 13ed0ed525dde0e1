import type { EnvelopeJson, ProfileCue } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { SealedProfiles } from '../../domain/ports/sealed-profiles.js';
import type { Choices } from '../../domain/profile/profile.js';
import type { SealedObservation } from '../../domain/profile/profile.repository.js';
import { openEnvelopeOf } from './plain-texts.js';

/** For specs: reads and writes envelopes that carry their content as it is. */
export class PlainProfiles extends SealedProfiles {
  openCues(_userId: Uuid, observations: readonly SealedObservation[]): Promise<readonly (readonly ProfileCue[])[]> {
    return Promise.resolve(observations.map(({ cues }) => JSON.parse(cues.c) as ProfileCue[]));
  }

  openChoices(_userId: Uuid, choices: EnvelopeJson): Promise<Choices> {
    return Promise.resolve(JSON.parse(choices.c) as Choices);
  }

  sealChoices(_userId: Uuid, choices: Choices): Promise<EnvelopeJson> {
    return Promise.resolve(openEnvelopeOf(JSON.stringify(choices)));
  }
}
