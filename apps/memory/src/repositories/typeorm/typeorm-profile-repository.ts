import { type EnvelopeJson, events } from '@selfos/contracts';
import type { EventPublisher } from '@selfos/event-bus';
import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { MOST_OBSERVATIONS, ProfileRepository, type SealedObservation, type StoredProfile } from '../../domain/profile/profile.repository.js';

const ENSURE = 'INSERT INTO profiles (user_id) VALUES ($1) ON CONFLICT DO NOTHING';
const HEAD = 'SELECT version, changes::int AS changes, choices FROM profiles WHERE user_id = $1';
const OBSERVED = `SELECT id, seq::int AS seq, at, cues FROM profile_observations WHERE user_id = $1 AND cues IS NOT NULL ORDER BY at DESC, id DESC LIMIT ${MOST_OBSERVATIONS}`;
const CLAIM = 'UPDATE profiles SET changes = changes + 1 WHERE user_id = $1 AND changes = $2 RETURNING changes';
const SEQS = 'SELECT id, seq::int AS seq FROM profile_observations WHERE user_id = $1 AND id = ANY($2)';
const OBSERVE = `
  INSERT INTO profile_observations AS o (user_id, id, seq, at, cues) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (user_id, id) DO UPDATE SET seq = excluded.seq, at = excluded.at, cues = excluded.cues WHERE o.seq < excluded.seq`;
const LET_GO = `
  UPDATE profile_observations SET cues = NULL WHERE user_id = $1 AND cues IS NOT NULL
  AND id NOT IN (SELECT id FROM profile_observations WHERE user_id = $1 AND cues IS NOT NULL ORDER BY at DESC, id DESC LIMIT ${MOST_OBSERVATIONS})`;
const UPDATED = 'UPDATE profiles SET version = version + 1, changes = changes + 1 WHERE user_id = $1 RETURNING version';

/** Rows of PostgreSQL; `profile.updated` goes to the outbox of the same transaction. */
export class TypeormProfileRepository extends ProfileRepository {
  constructor(
    private readonly context: DatabaseContext,
    private readonly publisher: EventPublisher,
  ) {
    super();
  }

  async get(userId: Uuid): Promise<StoredProfile> {
    const [head] = await this.rows<{ version: number; changes: number; choices: EnvelopeJson | null }>(HEAD, [userId]);
    const observations = await this.rows<SealedObservation>(OBSERVED, [userId]);
    return { version: head?.version ?? 1, changes: head?.changes ?? 0, choices: head?.choices ?? undefined, observations };
  }

  async claim(userId: Uuid, changes: number): Promise<boolean> {
    await this.rows(ENSURE, [userId]);
    return changed(await this.rows(CLAIM, [userId, changes])).length === 1;
  }

  async findNews<O extends Pick<SealedObservation, 'id' | 'seq'>>(userId: Uuid, observations: readonly O[]): Promise<readonly O[]> {
    const known = await this.rows<{ id: Uuid; seq: number }>(SEQS, [userId, observations.map(({ id }) => id)]);
    const seqOf = new Map(known.map(({ id, seq }) => [id, seq]));
    return observations.filter(({ id, seq }) => seq > (seqOf.get(id) ?? -1));
  }

  async saveObservations(userId: Uuid, observations: readonly SealedObservation[]): Promise<void> {
    for (const { id, seq, at, cues } of observations) await this.rows(OBSERVE, [userId, id, seq, at, JSON.stringify(cues)]);
    await this.rows(LET_GO, [userId]);
  }

  async saveChoices(userId: Uuid, choices: EnvelopeJson): Promise<void> {
    await this.rows('UPDATE profiles SET choices = $2 WHERE user_id = $1', [userId, JSON.stringify(choices)]);
  }

  async tellUpdated(userId: Uuid): Promise<void> {
    await this.rows(ENSURE, [userId]);
    const [row] = changed<{ version: number }>(await this.rows(UPDATED, [userId]));
    await this.publisher.publish(events.profileUpdated, { aggregateId: userId, userId, data: { profile_version: row?.version ?? 1 } });
  }

  async reset(userId: Uuid): Promise<void> {
    await this.rows(ENSURE, [userId]);
    await this.rows('UPDATE profiles SET choices = NULL WHERE user_id = $1', [userId]);
    await this.rows('UPDATE profile_observations SET cues = NULL WHERE user_id = $1', [userId]);
  }

  async removeAll(userId: Uuid): Promise<void> {
    await this.rows('DELETE FROM profile_observations WHERE user_id = $1', [userId]);
    await this.rows('DELETE FROM profiles WHERE user_id = $1', [userId]);
  }

  private rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.context.manager().query<T[]>(sql, [...values]);
  }
}

/** TypeORM answers an UPDATE with its rows and their number. */
function changed<T>(answer: readonly unknown[]): readonly T[] {
  const [rows] = answer;
  return Array.isArray(rows) ? (rows as T[]) : [];
}
