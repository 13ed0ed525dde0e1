import { postgresHarness } from './postgres-harness.js';
import { QUICK } from './support.js';
import { threeSteps } from './three-steps.js';

// A process to be killed: runs jobs of kind `mortal` and hangs where its second argument says.
const [, , databaseUrl = '', hangAt = ''] = process.argv;
const harness = await postgresHarness(databaseUrl);
const runner = harness.runner([threeSteps(harness, { hangAt, say: (text) => process.stdout.write(`${text}\n`) })], QUICK);
await runner.start();
