// npm run build: dist/ of every app and lib.
import { build } from '../build.mjs';

const started = performance.now();
const written = await build();
process.stdout.write(`built ${written} changed files in ${Math.round(performance.now() - started)} ms\n`);
process.disconnect?.();
