import { describe, expect, it } from '@jest/globals';
import type { Uuid } from '@selfos/kernel';
import { InMemoryJobs, InMemoryWork, type Job } from '@selfos/work';
import { EvidenceRepository } from '../../evidence/evidence.repository.js';
import { PeopleRepository } from '../../people/people.repository.js';
import type { RequestStory } from '../request-story.js';
import { MakeWeeklyStory } from './make-weekly-story.js';
import { WEEKLY_STORY, WeeklyCalendar } from './weekly-calendar.js';

const ADA: Uuid = '01900000-0000-7000-8000-00000000000a';

class OnePerson extends PeopleRepository {
  zone = 'Europe/Paris';

  async project(): Promise<boolean> {
    return true;
  }

  async zoneOf(): Promise<string> {
    return this.zone;
  }

  async remove(): Promise<void> {}
}

class NoEvidence extends EvidenceRepository {
  async project(): Promise<void> {}

  async remove(): Promise<void> {}

  async inPeriod(): Promise<[]> {
    return [];
  }

  async removeAll(): Promise<void> {}
}

function aCalendar() {
  const jobs = new InMemoryJobs();
  const [calendar, people] = [new WeeklyCalendar(new InMemoryWork(jobs), '20:00'), new OnePerson()];
  const unasked = { begin: () => Promise.reject(new Error('no story was asked for')) } as unknown as RequestStory;
  const pending = () => jobs.all().filter(({ state }) => state === 'booked').map(({ payload, runAt }) => [payload['start'], payload['zone'], runAt.toISOString()]);
  return { calendar, people, jobs, pending, weekly: new MakeWeeklyStory(people, new NoEvidence(), unasked, calendar) };
}

describe('the week boundary', () => {
  it('is booked for the week that the person is in', async () => {
    const { calendar, pending } = aCalendar();
    await calendar.book(ADA, 'Europe/Paris', Date.parse('2026-11-22T18:59:00Z'));
    expect(pending()).toEqual([['2026-11-16', 'Europe/Paris', '2026-11-22T19:00:00.000Z']]);
  });

  it('goes on with the next week when the making of this one has failed', async () => {
    const { calendar, jobs, pending, weekly } = aCalendar();
    await calendar.book(ADA, 'Europe/Paris', Date.parse('2026-11-20T12:00:00Z'));
    const job = jobs.find(WEEKLY_STORY, `${ADA}/2026-11-16`);
    if (job !== undefined) jobs.put({ ...job, state: 'failed', errorClass: 'TypeError' });
    await weekly.onFailed(job as Job);
    expect(pending()).toEqual([['2026-11-23', 'Europe/Paris', '2026-11-29T19:00:00.000Z']]);
  });

  it('moves with a person who flies back into a Sunday whose story is made', async () => {
    const { calendar, jobs, pending } = aCalendar();
    await calendar.book(ADA, 'Pacific/Kiritimati', Date.parse('2026-11-21T12:00:00Z'));
    const job = jobs.find(WEEKLY_STORY, `${ADA}/2026-11-16`);
    if (job !== undefined) jobs.put({ ...job, state: 'done' });
    await calendar.book(ADA, 'Pacific/Kiritimati', Date.parse('2026-11-22T06:00:00Z'));
    await calendar.book(ADA, 'Pacific/Pago_Pago', Date.parse('2026-11-22T08:00:00Z'));
    expect(pending()).toEqual([['2026-11-23', 'Pacific/Pago_Pago', '2026-11-30T07:00:00.000Z']]);
  });
});
