/** Turns passwords into what may be stored. Slow on purpose. */
export abstract class PasswordHasher {
  abstract hash(password: string): Promise<string>;

  /** Whether the password made the hash. Takes as long when there is no hash to compare with: then always false. */
  abstract verify(hash: string | undefined, password: string): Promise<boolean>;
}
