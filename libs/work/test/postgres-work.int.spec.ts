import { databaseFor, requireRealPart } from '@selfos/testing';
import { postgresHarness } from './postgres-harness.js';
import { workContract } from './work.contract.js';
import { workStoreContract } from './work-store.contract.js';
import { workOrderContract } from './work-order.contract.js';
import { workUndoContract } from './work-undo.contract.js';

requireRealPart('postgres')('on the embedded PostgreSQL', () => {
  const open = async (name: string) => postgresHarness((await databaseFor(name)).url);
  workContract('PostgreSQL', () => open('work_spec'));
  workStoreContract('PostgreSQL', () => open('work_fence_spec'));
  workOrderContract('PostgreSQL', () => open('work_order_spec'));
  workUndoContract('PostgreSQL', () => open('work_undo_spec'));
});

requireRealPart('postgres-15')('on PostgreSQL 15', () => {
  workStoreContract('PostgreSQL 15', async () => postgresHarness((await databaseFor('work_15_spec', '15')).url));
  workOrderContract('PostgreSQL 15', async () => postgresHarness((await databaseFor('work_15_order', '15')).url));
  workUndoContract('PostgreSQL 15', async () => postgresHarness((await databaseFor('work_15_undo', '15')).url));
});
