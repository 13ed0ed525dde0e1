import type { Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import type { SealedProfiles } from '../ports/sealed-profiles.js';
import { IndexCache } from '../search/index-cache.js';
import type { Choices, Observation } from './profile.js';
import type { ProfileRepository, SealedObservation } from './profile.repository.js';

/** What a profile rests on, opened. */
export interface OpenedProfile {
  readonly version: number;
  readonly changes: number;
  readonly choices: Choices;
  readonly observations: readonly Observation[];
}

// as long as the keys that opened it are kept anyway
const LIMITS = { size: 20_000_000, milliseconds: 300_000 };
const BYTES_OF_ONE = 400;

/** Opens profiles, and keeps them opened for some minutes in this process's memory only. */
export class ProfileReader {
  private readonly cache = new IndexCache<OpenedProfile>(LIMITS);

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly sealed: SealedProfiles,
    private readonly transaction: Transaction,
  ) {}

  /** Throws MemoryUnreadable. */
  async read(userId: Uuid): Promise<OpenedProfile> {
    const { version, changes, choices, observations } = await this.transaction.run(() => this.profiles.get(userId));
    const known = this.cache.get(userId, changes);
    if (known !== undefined) return { ...known, version };
    const decided = choices === undefined ? {} : await this.sealed.openChoices(userId, choices);
    const opened = { version, changes, choices: decided, observations: await this.open(userId, observations) };
    this.cache.set(userId, opened, { version: changes, size: (observations.length + 1) * BYTES_OF_ONE });
    return opened;
  }

  async open(userId: Uuid, observations: readonly SealedObservation[]): Promise<readonly Observation[]> {
    const cues = await this.sealed.openCues(userId, observations);
    return observations.map(({ id, at }, index) => ({ id, at, cues: cues[index] ?? [] }));
  }
}
