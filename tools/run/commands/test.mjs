// npm test: every Jest project, two workers, one shared PostgreSQL. Arguments go to Jest, e.g.
// `npm test -- --selectProjects kernel`. The last line is always `N passed, N failed`.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { passThrough, root, tool } from '../processes.mjs';

const results = join(root, 'node_modules', '.cache', `jest-${process.pid}.json`);

/** A server for all suites (each makes its own databases); it lives as long as this process. */
async function sharedParts() {
  if (process.env.TEST_DATABASE_URL) return {};
  const { startPostgres } = await import('../../../libs/testing/dist/postgres.js');
  return { TEST_DATABASE_URL: await startPostgres() };
}

function summary() {
  try {
    const { numPassedTests: passed, numFailedTests, numPendingTests: skipped, numRuntimeErrorTestSuites: broken } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed, failed: numFailedTests + broken, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // Jest itself did not come to its end
  } finally {
    rmSync(results, { force: true });
  }
}

await build();
const env = { ...process.env, ...(await sharedParts()) };
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--disable-warning=DEP0040', tool('jest/bin/jest.js')];
const args = ['-w', '2', '--json', `--outputFile=${results}`, ...process.argv.slice(2)];
const code = await passThrough(process.execPath, [...jest, ...args], { env });
const { passed, failed, skipped } = summary();
const strict = process.env.REQUIRE_ALL === '1' && skipped > 0;
if (strict) process.stdout.write('REQUIRE_ALL=1: a skipped test is a failure.\n');
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(code !== 0 || failed > 0 || strict ? 1 : 0);
