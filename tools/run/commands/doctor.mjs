// npm run doctor: what this machine has and lacks, with the fix; exit code 1 when SelfOS could not start.
import { build } from '../build.mjs';

await build();
await import('../../../apps/selfos/dist/doctor/main.js');
