import { AsyncLocalStorage } from 'node:async_hooks';
import { BatchTransaction, Once, Transaction, type Part } from '@selfos/persistence';

export interface OutboxRow {
  readonly id: string;
  readonly goal: string;
  readonly version: number;
  published: boolean;
}

/** One open transaction: what it would do at its commit, and what it holds until its end. */
interface Open {
  readonly writes: (() => void)[];
  readonly claims: Set<string>;
  readonly ended: PromiseWithResolvers<undefined>;
  readonly process: SimulatedProcess;
}

/** Something that can die: what it has not committed by then never was. */
export class SimulatedProcess {
  alive = true;

  die(): void {
    this.alive = false;
  }
}

/** A database with transactions that see what is committed, unique claims that wait for their rivals, and clients that die. */
export class MemoryStore {
  readonly outbox: OutboxRow[] = [];
  readonly effects: string[] = [];
  readonly projection = new Map<string, number>();
  private readonly claimed = new Set<string>();
  private readonly open = new Set<Open>();
  private readonly current = new AsyncLocalStorage<Open>();

  /** In the transaction that is open: at its commit. */
  write(change: () => void): void {
    const open = this.current.getStore();
    if (open === undefined) throw new Error('no transaction');
    open.writes.push(change);
  }

  async claim(key: string): Promise<boolean> {
    const open = this.current.getStore();
    if (open === undefined) throw new Error('no transaction');
    for (;;) {
      if (this.claimed.has(key) || open.claims.has(key)) return false;
      const rival = [...this.open].find((other) => other.claims.has(key));
      if (rival === undefined) break;
      await rival.ended.promise;
    }
    open.claims.add(key);
    return true;
  }

  async transact<T>(process: SimulatedProcess, work: () => Promise<T>): Promise<T> {
    const ambient = this.current.getStore();
    if (ambient !== undefined) return work();
    const open: Open = { writes: [], claims: new Set(), ended: Promise.withResolvers<undefined>(), process };
    this.open.add(open);
    try {
      const result = await this.current.run(open, work);
      if (!process.alive) throw new Error('the process is dead');
      for (const write of open.writes) write();
      for (const key of open.claims) this.claimed.add(key);
      return result;
    } finally {
      this.end(open);
    }
  }

  /** The server notices that a client is gone. */
  drop(process: SimulatedProcess): void {
    for (const open of this.open) if (open.process === process) this.end(open);
  }

  private end(open: Open): void {
    this.open.delete(open);
    open.ended.resolve(undefined);
  }
}

export class SimulatedTransaction extends Transaction {
  constructor(private readonly store: MemoryStore, private readonly process: SimulatedProcess) {
    super();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.store.transact(this.process, work);
  }
}

export class SimulatedBatches extends BatchTransaction {
  constructor(private readonly store: MemoryStore, private readonly process: SimulatedProcess) {
    super();
  }

  run<T>(work: (part: Part) => Promise<T>): Promise<T> {
    return this.store.transact(this.process, () => work((one) => one()));
  }
}

export class SimulatedOnce extends Once {
  constructor(private readonly store: MemoryStore) {
    super();
  }

  claim(scope: string, key: string): Promise<boolean> {
    return this.store.claim(`${scope} ${key}`);
  }

  async claimAll(scope: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const fresh = new Set<string>();
    for (const key of keys.toSorted()) if (await this.claim(scope, key)) fresh.add(key);
    return fresh;
  }
}
