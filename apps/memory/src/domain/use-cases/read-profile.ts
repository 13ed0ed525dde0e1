import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryRepository } from '../memory/memory.repository.js';
import { foldProfile } from '../profile/fold-profile.js';
import type { Profile } from '../profile/profile.js';
import { ProfileReader } from '../profile/profile-reader.js';

export interface ProfileView {
  readonly version: number;
  readonly profile: Profile;
}

/** Tells what the profile of a person says. */
@Injectable()
export class ReadProfile {
  constructor(
    private readonly reader: ProfileReader,
    private readonly memories: MemoryRepository,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid): Promise<ProfileView> {
    const { version, observations, choices } = await this.reader.read(userId);
    return { version, profile: foldProfile(observations, choices, this.clock.now()) };
  }

  /** The same for an answer: while the person's memory is paused it says nothing, and costs nothing. */
  async forAnswer(userId: Uuid): Promise<ProfileView> {
    const { paused } = await this.transaction.run(() => this.memories.getOwner(userId));
    return paused ? { version: 1, profile: {} } : this.execute(userId);
  }
}
