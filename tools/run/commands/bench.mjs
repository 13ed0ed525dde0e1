// npm run bench -- <name> [options]: measures speed against a peer in the same run. Each is a file of tools/bench with `run(args)`.
import { existsSync } from 'node:fs';
import { root } from '../processes.mjs';

const benchmarks = ['gateway', 'bus', 'work', 'memory', 'film', 'crypto', 'start'].filter((name) => existsSync(`${root}tools/bench/${name}.mjs`));
const [name, ...args] = process.argv.slice(2);
if (!benchmarks.includes(name)) {
  process.stderr.write(`Use: npm run bench -- <${benchmarks.join('|')}>\n`);
  process.exit(64);
}
const { run } = await import(`../../bench/${name}.mjs`);
await run(args);
