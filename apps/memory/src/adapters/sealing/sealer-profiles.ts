import { contract, type EnvelopeJson, type Plain, type ProfileCue, profileCues } from '@selfos/contracts';
import { SealRefused } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import type { Sealer } from '@selfos/sealing';
import { z } from 'zod';
import { MemoryUnreadable } from '../../domain/memory/memory.errors.js';
import { SealedProfiles } from '../../domain/ports/sealed-profiles.js';
import { type Choices, VALUE_NAMES } from '../../domain/profile/profile.js';
import type { SealedObservation } from '../../domain/profile/profile.repository.js';

const observed = contract(z.object({ items: z.array(z.object({ id: z.uuid(), cues: profileCues })) }));
const CHOICES = 'profile.profile.choices';
const choicesSchema = z.partialRecord(z.enum(VALUE_NAMES), z.object({ value: z.unknown().optional(), since: z.iso.datetime().optional() }));

/** Opens and seals in the domain `profile`, with the keys that this service holds a grant for. */
export class SealerProfiles extends SealedProfiles {
  constructor(private readonly sealer: Sealer) {
    super();
  }

  async openCues(userId: Uuid, observations: readonly SealedObservation[]): Promise<readonly (readonly ProfileCue[])[]> {
    if (observations.length === 0) return [];
    const items = observations.map(({ id, cues }) => ({ id, cues }));
    const opened: Plain<typeof observed> = await readable(() => this.sealer.open(observed, userId, { items }));
    return opened.items.map(({ cues }) => cues);
  }

  async openChoices(userId: Uuid, choices: EnvelopeJson): Promise<Choices> {
    const opened = await readable(() => this.sealer.openValue(userId, { oid: userId, ctx: CHOICES }, choices));
    // the values were checked by the contract before they were sealed
    return choicesSchema.parse(opened) as Choices;
  }

  sealChoices(userId: Uuid, choices: Choices): Promise<EnvelopeJson> {
    return this.sealer.sealValue(userId, { oid: userId, ctx: CHOICES }, choices);
  }
}

async function readable<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof SealRefused) throw new MemoryUnreadable({ cause: error });
    throw error;
  }
}
