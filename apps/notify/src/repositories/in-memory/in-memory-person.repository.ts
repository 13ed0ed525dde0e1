import { PersonRepository } from '../../domain/people/person.repository.js';

/** For specs. */
export class InMemoryPersonRepository extends PersonRepository {
  private readonly zones = new Map<string, { readonly timezone: string; readonly seq: number }>();

  async saveZone(userId: string, zone: { timezone: string; seq: number }): Promise<void> {
    const known = this.zones.get(userId);
    if (known === undefined || known.seq < zone.seq) this.zones.set(userId, zone);
  }

  async findZone(userId: string): Promise<string | undefined> {
    return this.zones.get(userId)?.timezone;
  }
}
