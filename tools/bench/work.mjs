// due jobs claimed and completed among a million, against pg-boss in the same rounds; next-due probe; lateness; `ci` for a smaller run
import { runTypeScript } from '../run/typescript.mjs';

process.exit(await runTypeScript('tools/bench/work.ts', process.argv.slice(2)));
