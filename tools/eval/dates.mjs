// How well phrases of time are understood, on specifications that nobody of us wrote: each names a text, the time it is said at, and
// what is meant. The general parser alone runs beside, under the same rules. No model is asked; the same input gives the same figures.
import { build } from '../run/build.mjs';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chronoMoments } from './dates-baseline.mjs';
import { oursIn } from './dates-reading.mjs';
import { scoreEntry } from './dates-score.mjs';
import { absent, option, sharedFile } from './shared-data.mjs';

/** Prints one JSON line per file. `--data <file>` scores one file; `--misses` lists on stderr what was not understood. */
export async function run(args) {
  const files = filesOf(args);
  await build(['libs/kernel', 'libs/recurrence', 'libs/contracts', 'apps/ai-engine']);
  const reader = await loadReader();
  for (const file of files) process.stdout.write(`${JSON.stringify(scoreFile(reader, file, args.includes('--misses')))}\n`);
}

function filesOf(args) {
  const file = option(args, 'data');
  if (file !== undefined) return existsSync(file) ? [file] : absent(file);
  const folder = sharedFile('data', 'recognizers');
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => join(folder, name));
}

async function loadReader() {
  const at = (path) => import(new URL(`../../apps/ai-engine/dist/domain/time/${path}`, import.meta.url).href);
  const [moments, lengths, repeat, { Temporal }, chrono] = await Promise.all([
    at('moments/find-moments.js'), at('moments/lengths.js'), at('repeat.js'), import('temporal-polyfill'), import('chrono-node'),
  ]);
  return { ...moments, ...lengths, ...repeat, Temporal, chrono };
}

function scoreFile(reader, file, showMisses) {
  const entries = JSON.parse(readFileSync(file, 'utf8'));
  const asTasks = /TasksMode/i.test(basename(file));
  const scored = entries.map((entry) => ({ entry, ours: scoreEntry(oursIn(reader, entry, asTasks), entry), plain: scoreEntry(chronoMoments(reader, entry), entry) }));
  if (showMisses) for (const { entry, ours } of scored) for (const miss of ours.misses) process.stderr.write(`${basename(file)}: ${JSON.stringify(entry.Input)} at ${entry.Context?.ReferenceDateTime}: ${miss}\n`);
  return { eval: 'dates', file: basename(file), reading: asTasks ? 'tasks' : 'plain', entries: entries.length, selfos: summary(scored.map(({ ours }) => ours)), chrono: summary(scored.map(({ plain }) => plain)) };
}

const percent = (part, all) => (all === 0 ? null : Number(((100 * part) / all).toFixed(1)));

/** Whole entries, then single results by type; `points` are dates, times and date-times together. */
function summary(scores) {
  const results = scores.flatMap(({ results: all }) => all);
  const types = [...new Set(results.map(({ type }) => type))].sort();
  const share = (chosen) => ({ right: chosen.filter(({ right }) => right).length, of: chosen.length, percent: percent(chosen.filter(({ right }) => right).length, chosen.length) });
  const right = scores.filter(({ misses }) => misses.length === 0).length;
  return {
    entries: { right, of: scores.length, percent: percent(right, scores.length) },
    points: share(results.filter(({ type }) => ['date', 'time', 'datetime'].includes(type))),
    by_type: Object.fromEntries(types.map((type) => [type, share(results.filter((one) => one.type === type))])),
  };
}
