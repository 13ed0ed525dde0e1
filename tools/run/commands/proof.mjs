// npm run proof: the end-to-end proofs in their full size (every step boundary, twenty random moments). Takes long.
import { build } from '../build.mjs';
import { passThrough, tool } from '../processes.mjs';

await build();
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', tool('jest/bin/jest.js')];
const args = ['-w', '1', '--selectProjects', 'selfos', '--testPathPatterns', 'e2e', ...process.argv.slice(2)];
process.exit(await passThrough(process.execPath, [...flags, ...args], { env: { ...process.env, PROOF_SIZE: 'full' } }));
