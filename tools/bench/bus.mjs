// npm run bench -- bus [ci]
import { runTypeScript } from '../run/typescript.mjs';

export const run = async (args) => process.exit(await runTypeScript('tools/bench/bus.ts', args));
