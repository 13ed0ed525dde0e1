import type { SpanLine } from '@selfos/observability';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { SelfosClient } from '../client/selfos-client.js';
import { ownHost } from '../demo/host.js';
import { join, say } from '../demo/person.js';
import { hopLines, hopList, hopsOf } from './hops.js';

/** How long nothing new may arrive before the turn counts as over. */
const QUIET_MS = 8_000;
const TURN = 'POST /api/v1/conversations';

const asDocument = process.argv.includes('--document');
const sentence = process.argv.slice(2).filter((argument) => !argument.startsWith('--')).join(' ') || 'I want to start exercising regularly';
const folder = await mkdtemp(joinPath(tmpdir(), 'selfos-trace-'));
const file = joinPath(folder, 'spans.jsonl');

function readSpans(): SpanLine[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as SpanLine);
}

async function untilQuiet(): Promise<SpanLine[]> {
  let spans = readSpans();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const now = readSpans();
    if (now.length === spans.length) return now;
    spans = now;
  }
}

const host = await ownHost({ SELFOS_TRACE_FILE: file });
try {
  const stage = { client: new SelfosClient(host.url), run: Date.now().toString(36), timezone: 'Europe/Paris', tell: () => undefined };
  await join(stage);
  await untilQuiet();
  const answer = await say(stage, { step: 'trace', text: sentence, context: { life_areas: ['health'], current_mood: 'motivated', available_time: 30 } });
  const spans = await untilQuiet();
  const turn = spans.filter((span) => span.service === 'gateway' && span.name === TURN).at(-1);
  if (turn === undefined) throw new Error('The turn left no span');
  const hops = hopsOf(spans, turn.trace_id);
  if (asDocument) process.stdout.write(`${hopList(hops).join('\n')}\n`);
  else process.stdout.write(`“${sentence}”\n${answer.ai_response}\n\n${hopLines(hops).join('\n')}\n${hops.length} hops, trace ${turn.trace_id}\n`);
} finally {
  await host.leave();
  await rm(folder, { recursive: true, force: true });
}
