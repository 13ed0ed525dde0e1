import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InMemoryTransaction } from '@selfos/persistence';
import { ADA } from '../../../test/builders.js';
import { InMemoryPersonRepository } from '../repositories/in-memory/in-memory-person-repository.js';
import { PersonUnknown } from './people.errors.js';
import { People } from './people.js';

describe('People', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function someone() {
    const persons = new InMemoryPersonRepository();
    return { persons, zone: new People(persons, new InMemoryTransaction()).zoneOf(ADA) };
  }

  it('waits for the news of an account that was made a moment ago', async () => {
    const { persons, zone } = someone();
    await jest.advanceTimersByTimeAsync(5_000);
    await persons.learn(ADA, { timezone: 'Asia/Tokyo', seq: 1 });
    await jest.advanceTimersByTimeAsync(200);
    expect(await zone).toBe('Asia/Tokyo');
  });

  it('guesses no zone when the news does not come: it says that it is unavailable', async () => {
    const { zone } = someone();
    const refused = expect(zone).rejects.toThrow(PersonUnknown);
    await jest.advanceTimersByTimeAsync(10_200);
    await refused;
    await expect(zone).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
