import type { Uuid } from '@selfos/kernel';
import { PersonRepository, type Person } from '../../domain/person.repository.js';

export class InMemoryPersonRepository extends PersonRepository {
  private readonly persons = new Map<Uuid, Person>();

  async find(userId: Uuid): Promise<Person | undefined> {
    return this.persons.get(userId);
  }

  async learn(userId: Uuid, person: Person): Promise<void> {
    if ((this.persons.get(userId)?.seq ?? -1) < person.seq) this.persons.set(userId, person);
  }
}
