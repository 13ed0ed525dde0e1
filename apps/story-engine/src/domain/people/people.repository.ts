/** In which zone each person lives. Every call joins the ambient transaction. */
export abstract class PeopleRepository {
  /** Keeps the zone unless something newer is known; true when it was kept. */
  abstract project(person: { readonly userId: string; readonly zone: string; readonly seq: number }): Promise<boolean>;
  /** The person's zone; undefined while, or once, nothing is known of them. */
  abstract zoneOf(userId: string): Promise<string | undefined>;
  abstract remove(userId: string): Promise<void>;
}
