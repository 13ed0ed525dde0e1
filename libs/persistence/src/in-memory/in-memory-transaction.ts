import { Transaction } from '../transaction.js';

/** For specs with in-memory adapters: runs the work at once. What a failed run changed stays changed. */
export class InMemoryTransaction extends Transaction {
  run<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}
