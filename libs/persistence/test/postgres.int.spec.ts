import { requireRealPart } from '@selfos/testing';
import { batchesSuite } from './batches.suite.js';
import { isolationSuite } from './isolation.suite.js';
import { migrationsSuite } from './migrations.suite.js';
import { platformSuite } from './platform.suite.js';

requireRealPart('postgres')('on the embedded PostgreSQL', () => {
  migrationsSuite('embedded');
  isolationSuite('embedded');
  batchesSuite('embedded');
  platformSuite('embedded');
});

requireRealPart('postgres-15')('on PostgreSQL 15', () => {
  migrationsSuite('15');
  isolationSuite('15');
  batchesSuite('15');
  platformSuite('15');
});
