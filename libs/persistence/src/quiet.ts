import type { Logger } from 'typeorm';

/** TypeORM says nothing by itself: statements carry people's rows, and whoever catches an error logs it in our own form. */
export const quiet: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
