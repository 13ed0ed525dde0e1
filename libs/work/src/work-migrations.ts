import type { MigrationClass } from '@selfos/persistence';
import { AddNextDue1764200000001 } from './adapters/postgres/add-next-due.js';
import { AddWorkOrder1764100000000 } from './adapters/postgres/add-work-order.js';
import { ClaimInOneLook1764400000000 } from './adapters/postgres/claim-in-one-look.js';
import { CreateWorkTables1763000000100 } from './adapters/postgres/create-work-tables.js';
import { SplitDueWork1764200000000 } from './adapters/postgres/split-due-work.js';

/** The migrations of a service that has later or long work. */
export const workMigrations: readonly MigrationClass[] = [
  CreateWorkTables1763000000100, AddWorkOrder1764100000000, SplitDueWork1764200000000, AddNextDue1764200000001, ClaimInOneLook1764400000000,
];
