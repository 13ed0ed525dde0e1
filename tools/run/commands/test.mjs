// npm test: every Jest project with two workers and one shared PostgreSQL, then the end-to-end suite once more, and the proofs that
// need a cluster, against separate processes: two replicas of each service on Redis. Arguments go to Jest and leave the second part
// out, e.g. `npm test -- --selectProjects kernel`; `--only-processes` leaves out the first, and may name what to play. The last line is always `N passed, N failed`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { passThrough, root, tool } from '../processes.mjs';

const cache = join(root, 'node_modules', '.cache');
const results = join(cache, `jest-${process.pid}.json`);
const total = { passed: 0, failed: 0, skipped: 0, leftOut: 0 };

/** Runs Jest to its end and adds what it counted. */
async function jest(args, env) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--disable-warning=DEP0040', tool('jest/bin/jest.js')];
  const code = await passThrough(process.execPath, [...flags, '--json', `--outputFile=${results}`, ...args], { env: { ...process.env, ...env } });
  const counted = readResults();
  total.passed += counted.passed;
  total.skipped += counted.skipped;
  total.leftOut += counted.leftOut;
  total.failed += code !== 0 && counted.failed === 0 ? 1 : counted.failed;
}

function readResults() {
  try {
    const { numPassedTests: passed, numFailedTests, numPendingTests: pending, numRuntimeErrorTestSuites: broken, testResults } = JSON.parse(readFileSync(results, 'utf8'));
    // For want of material that is not ours to hand out, not for want of a real part.
    const leftOut = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status, fullName }) => status === 'pending' && fullName.includes('[left out: ')).length;
    return { passed, failed: numFailedTests + broken, skipped: pending - leftOut, leftOut };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, leftOut: 0 }; // Jest itself did not come to its end
  } finally {
    rmSync(results, { force: true });
  }
}

/** A server for all suites (each makes its own databases); it lives as long as this process. */
async function sharedPostgres() {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  const { startPostgres } = await import('../../../libs/testing/dist/postgres.js');
  return startPostgres();
}

async function asSeparateProcesses(databaseUrl) {
  const { findProgram } = await import('../../../libs/testing/dist/programs.js');
  if (!process.env.TEST_REDIS_URL && !findProgram('redis-server')) {
    process.stdout.write('\nSeparate processes: skipped, redis-server is not on PATH (tools/provision/provision installs it)\n');
    total.skipped += 1;
    return;
  }
  process.stdout.write('\nOnce more as separate processes on Redis, two replicas of each service:\n');
  try {
    await playOnCluster(databaseUrl);
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    total.failed += 1;
  }
}

async function playOnCluster(serverUrl) {
  process.env.TEST_DATABASE_URL = serverUrl;
  const { databaseFor } = await import('../../../libs/testing/dist/postgres.js');
  const { startRedis } = await import('../../../libs/testing/dist/redis.js');
  const { startCluster } = await import('../../cluster/src/cluster.ts');
  const { openHelm } = await import('../../cluster/src/helm.ts');
  const database = await databaseFor('cluster');
  const small = { STORY_WIDE_SIZE: '640x360', STORY_TALL_SIZE: '360x640', STORY_X264_PRESET: 'ultrafast' };
  const env = { SELFOS_TIME_TRAVEL: '1', ...small };
  const cluster = await startCluster({ databaseUrl: database.url, redisUrl: await startRedis(), env });
  const helm = await openHelm(cluster);
  const which = args[0] === '--only-processes' && args.length > 1 ? args.slice(1) : ['main-job|cluster.e2e'];
  try {
    const where = { SELFOS_E2E_URL: cluster.url, SELFOS_E2E_DATABASE_URL: database.url, SELFOS_E2E_HELM: helm.url, TEST_DATABASE_URL: serverUrl };
    await jest(['-w', '1', '--selectProjects', 'selfos', 'cluster', '--testPathPatterns', ...which], where);
  } finally {
    helm.close();
    await cluster.stop();
    await database.drop();
  }
}

mkdirSync(cache, { recursive: true });
await build();
const args = process.argv.slice(2);
const databaseUrl = await sharedPostgres();
if (args[0] !== '--only-processes') await jest(['-w', '2', '--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=cluster.e2e', ...args], { TEST_DATABASE_URL: databaseUrl });
if (args.length === 0 || args[0] === '--only-processes') await asSeparateProcesses(databaseUrl);
const { passed, failed, skipped, leftOut } = total;
const strict = process.env.REQUIRE_ALL === '1' && skipped > 0;
if (strict) process.stdout.write('REQUIRE_ALL=1: a skipped test is a failure.\n');
if (leftOut > 0) process.stdout.write(`${leftOut} tests were left out: their material is not in SELFOS_SHARED.\n`);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed > 0 || strict ? 1 : 0);
