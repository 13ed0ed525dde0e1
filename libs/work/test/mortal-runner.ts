import { postgresHarness } from './postgres-harness.js';
import { QUICK } from './support.js';
import { threeSteps } from './three-steps.js';

// A process to be killed: runs jobs of kind `mortal` and hangs where its second argument says; its third is how long it sleeps
// at most, its fourth how long its leases are, ms.
const [, , databaseUrl = '', hangAt = '', pollMs = '20', leaseMs = '20000'] = process.argv;
const harness = await postgresHarness(databaseUrl);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const runner = harness.runner([threeSteps(harness, { hangAt, say })], { ...QUICK, pollMs: Number(pollMs), leaseMs: Number(leaseMs) });
await runner.start();
say('started');
