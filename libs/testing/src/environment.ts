/** The only settings that tests read from outside: addresses of real parts that somebody else runs, and strictness. */
export interface TestEnvironment {
  /** Administrator's URL of a PostgreSQL server; without it the embedded one is started. */
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly mongodbUrl: string | undefined;
  /** REQUIRE_ALL=1: a missing real part fails the suite instead of skipping it. */
  readonly requireAll: boolean;
  readonly path: string;
}

export function testEnvironment(): TestEnvironment {
  const env = process.env;
  return {
    databaseUrl: env['TEST_DATABASE_URL'] || undefined,
    redisUrl: env['TEST_REDIS_URL'] || undefined,
    mongodbUrl: env['TEST_MONGODB_URL'] || undefined,
    requireAll: env['REQUIRE_ALL'] === '1',
    path: env['PATH'] ?? '',
  };
}
