import type { EnvelopeJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { MOST_OBSERVATIONS, ProfileRepository, type SealedObservation, type StoredProfile } from '../../domain/profile/profile.repository.js';

interface Kept {
  version: number;
  changes: number;
  choices: EnvelopeJson | undefined;
  readonly seen: Map<Uuid, Omit<SealedObservation, 'cues'> & { readonly cues: EnvelopeJson | undefined }>;
}

/** For specs. */
export class InMemoryProfileRepository extends ProfileRepository {
  /** Whose profile was told to be another, in order. */
  readonly told: Uuid[] = [];
  private readonly people = new Map<Uuid, Kept>();

  get(userId: Uuid): Promise<StoredProfile> {
    const { version, changes, choices, seen } = this.of(userId);
    const observations = [...seen.values()].filter((one): one is SealedObservation => one.cues !== undefined).sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
    return Promise.resolve({ version, changes, choices, observations: observations.slice(0, MOST_OBSERVATIONS) });
  }

  claim(userId: Uuid, changes: number): Promise<boolean> {
    const kept = this.of(userId);
    if (kept.changes !== changes) return Promise.resolve(false);
    kept.changes += 1;
    return Promise.resolve(true);
  }

  findNews<O extends Pick<SealedObservation, 'id' | 'seq'>>(userId: Uuid, observations: readonly O[]): Promise<readonly O[]> {
    const { seen } = this.of(userId);
    return Promise.resolve(observations.filter(({ id, seq }) => seq > (seen.get(id)?.seq ?? -1)));
  }

  saveObservations(userId: Uuid, observations: readonly SealedObservation[]): Promise<void> {
    for (const one of observations) this.of(userId).seen.set(one.id, one);
    return Promise.resolve();
  }

  saveChoices(userId: Uuid, choices: EnvelopeJson): Promise<void> {
    this.of(userId).choices = choices;
    return Promise.resolve();
  }

  tellUpdated(userId: Uuid): Promise<void> {
    const kept = this.of(userId);
    kept.version += 1;
    kept.changes += 1;
    this.told.push(userId);
    return Promise.resolve();
  }

  reset(userId: Uuid): Promise<void> {
    const { seen } = this.of(userId);
    this.of(userId).choices = undefined;
    for (const [id, one] of seen) seen.set(id, { ...one, cues: undefined });
    return Promise.resolve();
  }

  removeAll(userId: Uuid): Promise<void> {
    this.people.delete(userId);
    return Promise.resolve();
  }

  private of(userId: Uuid): Kept {
    const kept = this.people.get(userId) ?? { version: 1, changes: 0, choices: undefined, seen: new Map() };
    this.people.set(userId, kept);
    return kept;
  }
}
