/** What notify knows of a person: their zone, from auth's events. */
export abstract class PersonRepository {
  /** Keeps the zone if `seq` is newer than what is known. */
  abstract saveZone(userId: string, zone: { readonly timezone: string; readonly seq: number }): Promise<void>;

  abstract findZone(userId: string): Promise<string | undefined>;
}
