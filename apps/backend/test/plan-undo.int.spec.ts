import { afterAll, beforeAll } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import { undoProperties, type PlanBench } from './plan-properties.js';
import { as, PostgresBackend } from './postgres-backend.js';

for (const [part, version] of [['postgres', 'embedded'], ['postgres-15', '15']] as const) {
  requireRealPart(part)(`undoing plans on PostgreSQL ${version}`, () => {
    const at: { backend?: PostgresBackend } = {};
    beforeAll(async () => {
      at.backend = await PostgresBackend.start('backend_undo', version);
    }, 60_000);
    afterAll(() => at.backend?.stop());

    /** A new person each time, in a database that rolls back what fails. */
    const bench = async (): Promise<PlanBench> => {
      const userId = uuidv7();
      const { transaction, ...domain } = (at.backend as PostgresBackend).domain();
      return { ...domain, userId, undoesFailures: true, run: (work) => as(userId, () => transaction.run(work)) };
    };
    undoProperties(bench, 25);
  });
}
