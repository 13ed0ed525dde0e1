// npm run proof: the proofs by violence in their full size. Takes long; `-- -t "a name"` plays those of that name, PROOF_SEED=n the same
// moments again.
import { build } from '../build.mjs';
import { passThrough, tool } from '../processes.mjs';

await build();
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', tool('jest/bin/jest.js')];
const args = ['-w', '1', '--selectProjects', 'selfos', 'story-engine', 'cluster', '--testPathPatterns', 'e2e|kill-matrix', ...process.argv.slice(2)];
process.exit(await passThrough(process.execPath, [...flags, ...args], { env: { ...process.env, PROOF_SIZE: 'full' } }));
