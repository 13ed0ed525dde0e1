import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One step forward of a service's schema, in a transaction of its own. The class name ends in the 13-digit time it was
 * written (`CreateMemories1763805600000`), which orders the steps. There is no way back: a mistake is mended by the next step.
 */
export abstract class ForwardMigration implements MigrationInterface {
  abstract up(runner: QueryRunner): Promise<void>;

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
