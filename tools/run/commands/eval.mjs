// npm run eval -- <name> [options]: measures quality on material that lies outside the repository. Each is a file of tools/eval with `run(args)`.
import { existsSync } from 'node:fs';
import { root } from '../processes.mjs';

const evaluations = ['locomo', 'replay', 'dates'].filter((name) => existsSync(`${root}tools/eval/${name}.mjs`));
const [name, ...args] = process.argv.slice(2);
if (!evaluations.includes(name)) {
  process.stderr.write(`Use: npm run eval -- <${evaluations.join('|')}> [--data <file>]\n`);
  process.exit(64);
}
const { run } = await import(`../../eval/${name}.mjs`);
await run(args);
