// npm run bench -- <names> [arguments]: runs tools/bench/<name>.mjs, one after the other, on a fresh build; without a name it lists them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { passThrough, root } from '../processes.mjs';

const folder = join(root, 'tools', 'bench');
const scriptOf = (name) => join(folder, `${name}.mjs`);
const given = process.argv.slice(2);
const end = given.findIndex((word) => !existsSync(scriptOf(word)));
const names = end < 0 ? given : given.slice(0, end);
const args = end < 0 ? [] : given.slice(end);
if (names.length === 0) {
  const first = (file) => readFileSync(join(folder, file), 'utf8').split('\n')[0].replace(/^\/\/ ?/, '');
  const known = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  process.stdout.write(`Use: npm run bench -- <names>\n${known.map((file) => `  ${file.replace('.mjs', '').padEnd(16)} ${first(file)}\n`).join('')}`);
  process.exit(given.length === 0 ? 0 : 64);
}
await build();
let worst = 0;
for (const name of names) worst = Math.max(worst, await passThrough(process.execPath, ['--enable-source-maps', scriptOf(name), ...args]));
process.exit(worst);
