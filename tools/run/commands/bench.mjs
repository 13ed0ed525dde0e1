// npm run bench -- <name> [arguments]: runs tools/bench/<name>.mjs on a fresh build; without a name it lists them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { passThrough, root } from '../processes.mjs';

const folder = join(root, 'tools', 'bench');
const [name, ...args] = process.argv.slice(2);
const script = join(folder, `${name}.mjs`);
if (name === undefined || !existsSync(script)) {
  const first = (file) => readFileSync(join(folder, file), 'utf8').split('\n')[0].replace(/^\/\/ ?/, '');
  const known = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  process.stdout.write(`Use: npm run bench -- <name>\n${known.map((file) => `  ${file.replace('.mjs', '').padEnd(16)} ${first(file)}\n`).join('')}`);
  process.exit(name === undefined ? 0 : 64);
}
await build();
process.exit(await passThrough(process.execPath, ['--enable-source-maps', script, ...args]));
