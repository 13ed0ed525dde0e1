import { MovableClock } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { InMemoryJobs, InMemoryWork, InMemoryWorkStore, InMemoryWorkTransaction, WorkRunner } from '../src/index.js';
import type { WorkHarness } from './work-harness.js';
import { workContract } from './work.contract.js';
import { workStoreContract } from './work-store.contract.js';
import { workOrderContract } from './work-order.contract.js';
import { workUndoContract } from './work-undo.contract.js';

async function open(): Promise<WorkHarness> {
  const jobs = new InMemoryJobs();
  const store = new InMemoryWorkStore(jobs);
  const transaction = new InMemoryWorkTransaction(jobs);
  const clock = new MovableClock();
  const logger = new Logger({ service: 'spec', level: 'CRITICAL' });
  const left: string[] = [];
  const work = new InMemoryWork(jobs);
  return {
    work,
    store,
    transaction,
    clock,
    runner: (handlers, options) => new WorkRunner({ store, transaction, clock, logger }, handlers, options),
    leaveEffect: async (text) => void left.push(text),
    effects: async () => [...left],
    close: async () => undefined,
  };
}

workContract('the in-memory adapter', open);
workStoreContract('the in-memory adapter', open);
workOrderContract('the in-memory adapter', open);
workUndoContract('the in-memory adapter', open);
