/**
 * Everything done inside `run` happens together or not at all, for the person of the current call context.
 * A `run` inside a `run` joins the outer one. No network call belongs inside.
 */
export abstract class Transaction {
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}
