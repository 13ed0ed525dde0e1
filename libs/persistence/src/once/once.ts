/** "Only once": a claim belongs to the transaction it is made in, and stands exactly when that commits. */
export abstract class Once {
  /** True for the first claim of (scope, key), false for every later one. Waits for a rival that has not committed yet. */
  abstract claim(scope: string, key: string): Promise<boolean>;

  /** Claims many keys of one scope for nobody in particular; the keys that were not claimed before. */
  abstract claimAll(scope: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
}
