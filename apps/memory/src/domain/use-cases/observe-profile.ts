import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { MemoryRepository } from '../memory/memory.repository.js';
import { foldProfile } from '../profile/fold-profile.js';
import type { Observation } from '../profile/profile.js';
import { type OpenedProfile, ProfileReader } from '../profile/profile-reader.js';
import { ProfileRepository, type SealedObservation } from '../profile/profile.repository.js';
import { sayTheSame } from '../profile/same-values.js';
import { ProfileVersionMismatch } from '../profile/profile.errors.js';

const TRIES = 8;

/**
 * Learns from what was said and done: each message and each completion once, whatever the order and number of tellings. What a
 * person has locked stays as it is. Nothing is learned while the person's memory is paused.
 */
@Injectable()
export class ObserveProfile {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly reader: ProfileReader,
    private readonly memories: MemoryRepository,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** The version of the profile afterwards. Throws MemoryUnreadable. */
  async execute(userId: Uuid, seen: readonly SealedObservation[]): Promise<number> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const before = await this.reader.read(userId);
      const news = await this.transaction.run(async () => ((await this.memories.getOwner(userId)).paused ? [] : this.profiles.findNews(userId, newestOfEach(seen))));
      if (news.length === 0) return before.version;
      const isOther = !this.staysTheSame(before, await this.reader.open(userId, news));
      const kept = await this.transaction.run(() => this.keep(userId, { news, isOther, changes: before.changes }));
      if (kept) return before.version + (isOther ? 1 : 0);
    }
    throw new ProfileVersionMismatch();
  }

  private staysTheSame({ observations, choices }: OpenedProfile, news: readonly Observation[]): boolean {
    const told = new Set(news.map(({ id }) => id));
    const after = [...observations.filter(({ id }) => !told.has(id)), ...news];
    const now = this.clock.now();
    return sayTheSame(foldProfile(observations, choices, now), foldProfile(after, choices, now));
  }

  private async keep(userId: Uuid, { news, isOther, changes }: { readonly news: readonly SealedObservation[]; readonly isOther: boolean; readonly changes: number }): Promise<boolean> {
    if (!(await this.profiles.claim(userId, changes))) return false;
    await this.profiles.saveObservations(userId, news);
    if (isOther) await this.profiles.tellUpdated(userId);
    return true;
  }
}

function newestOfEach(seen: readonly SealedObservation[]): SealedObservation[] {
  const newest = new Map<Uuid, SealedObservation>();
  for (const one of seen) if (one.seq >= (newest.get(one.id)?.seq ?? 0)) newest.set(one.id, one);
  return [...newest.values()];
}
