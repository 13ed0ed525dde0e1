import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ProfileCue } from '@selfos/contracts';
import { MovableClock, uuidv7, type Uuid } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { PlainProfiles } from '../../adapters/in-memory/plain-profiles.js';
import { openEnvelopeOf } from '../../adapters/in-memory/plain-texts.js';
import { InMemoryMemoryRepository } from '../../repositories/in-memory/in-memory-memory-repository.js';
import { InMemoryProfileRepository } from '../../repositories/in-memory/in-memory-profile-repository.js';
import { ProfileVersionMismatch } from '../profile/profile.errors.js';
import { ProfileReader } from '../profile/profile-reader.js';
import type { SealedObservation } from '../profile/profile.repository.js';
import { ChangeProfile } from './change-profile.js';
import { ObserveProfile } from './observe-profile.js';
import { ReadProfile } from './read-profile.js';

const ADA = uuidv7();
const casual: ProfileCue = { kind: 'style', style: 'casual' };

describe('learning a profile', () => {
  let profiles: InMemoryProfileRepository;
  let memories: InMemoryMemoryRepository;
  let observe: ObserveProfile;
  let read: ReadProfile;
  let change: ChangeProfile;
  const clock = new MovableClock();

  beforeEach(() => {
    profiles = new InMemoryProfileRepository();
    memories = new InMemoryMemoryRepository();
    const transaction = new InMemoryTransaction();
    const reader = new ProfileReader(profiles, new PlainProfiles(), transaction);
    observe = new ObserveProfile(profiles, reader, memories, transaction, clock);
    read = new ReadProfile(reader, memories, transaction, clock);
    change = new ChangeProfile(profiles, reader, new PlainProfiles(), transaction, clock);
  });

  const seen = (cues: readonly ProfileCue[], { id = uuidv7(), seq = 1 }: { id?: Uuid; seq?: number } = {}): SealedObservation => ({ id, seq, at: clock.now(), cues: openEnvelopeOf(JSON.stringify(cues)) });
  const five = (): SealedObservation[] => Array.from({ length: 5 }, () => seen([casual]));

  it('ends the same when everything is told again, in another order and in other portions', async () => {
    const all = [...five(), ...five()];
    await observe.execute(ADA, all);
    const first = await read.execute(ADA);
    for (const one of [...all].reverse()) await observe.execute(ADA, [one, one]);
    expect(await read.execute(ADA)).toEqual(first);
    expect(first.profile.communication_style?.observations).toBe(10);
  });

  it('takes back what was taken back, although the news of it came first', async () => {
    const undone = uuidv7();
    await observe.execute(ADA, [seen([], { id: undone, seq: 9 })]);
    await observe.execute(ADA, [...five().slice(1), seen([casual], { id: undone, seq: 8 })]);
    expect((await read.execute(ADA)).profile).toEqual({});
  });

  it('tells the others once when it says something else, and not when it only grew surer', async () => {
    await observe.execute(ADA, five());
    await observe.execute(ADA, five());
    expect(profiles.told).toEqual([ADA]);
    expect((await read.execute(ADA)).version).toBe(2);
  });

  it('learns nothing while memory is paused, and tells an answer nothing', async () => {
    await observe.execute(ADA, five());
    await memories.pause(ADA, true);
    const version = await observe.execute(ADA, Array.from({ length: 20 }, () => seen([{ kind: 'style', style: 'formal' }])));
    expect(version).toBe(2);
    expect((await read.forAnswer(ADA)).profile).toEqual({});
    await memories.pause(ADA, false);
    expect((await read.forAnswer(ADA)).profile.communication_style?.value).toBe('casual');
  });

  it('changes only what the person has read', async () => {
    const { version } = await change.execute(ADA, 1, { communication_style: { value: 'formal' } });
    await expect(change.execute(ADA, 1, { communication_style: { value: 'casual' } })).rejects.toThrow(ProfileVersionMismatch);
    expect(version).toBe(2);
    expect((await read.execute(ADA)).profile.communication_style?.value).toBe('formal');
  });

  it('keeps a lock through any number of observations', async () => {
    await change.execute(ADA, '*', { communication_style: { value: 'formal' } });
    for (let round = 0; round < 50; round += 1) await observe.execute(ADA, five());
    expect((await read.execute(ADA)).profile.communication_style).toMatchObject({ value: 'formal', locked: true, observations: 250 });
  });

  it('forgets everything on demand, locks included, and does not learn it again from a repetition', async () => {
    const all = five();
    await observe.execute(ADA, all);
    await change.execute(ADA, '*', { openness: { value: 0.8 } });
    await change.reset(ADA);
    await observe.execute(ADA, all);
    expect((await read.execute(ADA)).profile).toEqual({});
  });
});
