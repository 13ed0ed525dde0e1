import { BatchTransaction, type Part } from '../batch-transaction.js';

/** For specs with in-memory adapters: runs the work at once. What a failed run changed stays changed. */
export class InMemoryBatchTransaction extends BatchTransaction {
  run<T>(work: (part: Part) => Promise<T>): Promise<T> {
    return work((one) => one());
  }
}
