import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { SealedProfiles } from '../ports/sealed-profiles.js';
import { choose } from '../profile/choose.js';
import { foldProfile } from '../profile/fold-profile.js';
import { ProfileVersionMismatch } from '../profile/profile.errors.js';
import { ProfileReader } from '../profile/profile-reader.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import type { Changes } from '../profile/profile.js';
import type { ProfileView } from './read-profile.js';

/** Lets people set, lock, unlock and reset the values of their profile, or forget it whole. */
@Injectable()
export class ChangeProfile {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly reader: ProfileReader,
    private readonly sealed: SealedProfiles,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** `version` is the one the person has seen, or `*`. Throws ProfileVersionMismatch, ProfileValueUnknown, MemoryUnreadable. */
  async execute(userId: Uuid, version: number | '*', changes: Changes): Promise<ProfileView> {
    const before = await this.reader.read(userId);
    if (version !== '*' && version !== before.version) throw new ProfileVersionMismatch();
    const now = this.clock.now();
    const choices = choose(before.choices, changes, { profile: foldProfile(before.observations, before.choices, now), now });
    const envelope = await this.sealed.sealChoices(userId, choices);
    await this.transaction.run(async () => {
      if (!(await this.profiles.claim(userId, before.changes))) throw new ProfileVersionMismatch();
      await this.profiles.saveChoices(userId, envelope);
      await this.profiles.tellUpdated(userId);
    });
    return { version: before.version + 1, profile: foldProfile(before.observations, choices, now) };
  }

  async reset(userId: Uuid): Promise<void> {
    await this.transaction.run(async () => {
      await this.profiles.reset(userId);
      await this.profiles.tellUpdated(userId);
    });
  }
}
