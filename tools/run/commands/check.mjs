// npm run check: every checker, two at a time; `npm run check -- lint types` runs some of them.
import { build } from '../build.mjs';
import { checks } from '../checks.mjs';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(`No such check: ${unknown.join(', ')}. There are ${checks.map((check) => check.name).join(', ')}.\n`);
  process.exit(64);
}
const queue = checks.filter((check) => wanted.length === 0 || wanted.includes(check.name));
const failed = [];

async function worker() {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const started = performance.now();
    const { code, output } = await check.run();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${check.name.padEnd(10)} ${seconds.padStart(5)} s  ${check.promise}\n`);
    if (code !== 0) {
      failed.push(check.name);
      process.stdout.write(`${output.trimEnd()}\n`);
    }
  }
}

await build();
await Promise.all([worker(), worker()]);
process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}\n`);
process.exit(failed.length === 0 ? 0 : 1);
