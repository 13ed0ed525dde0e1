import { resolve } from 'node:path';
import { SelfosClient, type Exchange } from '../client/selfos-client.js';
import { adasWeek } from './adas-week.js';
import { hostAt } from './host.js';
import { keep } from './keepsakes.js';

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Requests that only ask again and again are not worth a line. */
const QUIET = /^GET \/api\/v1\/(notifications|stories|memories|today|clock)|^POST \/api\/v1\/clock/;

function watch(exchange: Exchange): void {
  const line = `${exchange.method} ${exchange.path}`;
  if (!QUIET.test(line)) tell(`→ ${line} ${String(exchange.status)}`);
}

const url = process.argv.find((argument) => argument.startsWith('--url='))?.slice(6) ?? 'http://127.0.0.1:8080';
const sentence = process.argv.slice(2).filter((argument) => !argument.startsWith('--')).join(' ');
const host = await hostAt(url, tell);
try {
  const client = new SelfosClient(host.url, watch);
  const run = Date.now().toString(36);
  const week = await adasWeek({ client, run, timezone: 'Europe/Paris', tell }, sentence === '' ? undefined : sentence);
  const kept = await keep(week.story, resolve('demo-output', run));
  tell(`\nHer week: ${String(week.occurrences.length)} things done, ${String(week.reminders.length)} reminders, one story.`);
  tell(`Post   ${kept.post}\nNote   ${kept.note}\nFilm   ${kept.video}`);
} finally {
  await host.leave();
}
