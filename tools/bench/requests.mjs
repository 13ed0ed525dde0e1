// processor time that a request costs in a cluster of two replicas, by process, as it gets warm; `ci` for a smaller run; JSON
import { runTypeScript } from '../run/typescript.mjs';

process.exit(await runTypeScript('tools/bench/requests.ts', process.argv.slice(2)));
