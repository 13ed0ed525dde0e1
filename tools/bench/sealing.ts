// What it costs to open what a person reads: a page of tasks with sealed titles, as the gateway opens it.
import { routes, type Inner } from '@selfos/contracts';
import { newDomainKey, openEnvelope, sealEnvelope, utf8, type KeyHolder } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { CachedKeySource, InMemoryKeySource, Sealer } from '@selfos/sealing';
import { interleaved, median, ratio, round2 } from './parts/rounds.ts';

const ITEMS = 50;
const PAGES = 200;
const ROUNDS = 5;

const contract = routes.listTasks.response;
const userId = uuidv7();
const sealer = new Sealer(new CachedKeySource(new InMemoryKeySource()), 'edge:1');
const task = () => ({
  id: uuidv7(), title: 'Walk to the lake and back before breakfast', description: null, life_areas: ['health' as const], priority: 3, energy_required: 3, duration_minutes: 30,
  due_date: null, recurring_pattern: null, recurrence: null, start_date: '2026-11-30', scheduled_time: null, timezone: 'Europe/Paris', status: 'open' as const, attachments: [],
  parent_goal_id: null, plan_id: null, created_at: '2026-11-30T07:00:00.000Z', updated_at: '2026-11-30T07:00:00.000Z', version: 1,
});
const sealedPage = JSON.stringify(await sealer.seal(contract, userId, { items: Array.from({ length: ITEMS }, task), next_cursor: null }));

const holder: KeyHolder = { t: 'd', k: 'tasks:1', key: newDomainKey() };
const meta = { uid: userId, oid: uuidv7(), ctx: 'tasks.task.title', rev: '019000000000-0000', wid: 'edge:1' };
const envelope = await sealEnvelope({ meta, recipients: [holder], plaintext: utf8(JSON.stringify(task().title)) });

/** Microseconds of processor time for each envelope. */
async function costOf(onePage: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < PAGES; count += 1) await onePage();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / PAGES / ITEMS;
}

const measured = await interleaved(
  [
    { name: 'page', run: () => costOf(() => sealer.open(contract, userId, JSON.parse(sealedPage) as Inner<typeof contract>)) },
    {
      name: 'bare',
      run: () => costOf(async () => {
        for (let count = 0; count < ITEMS; count += 1) await openEnvelope({ envelope, expected: meta, holder });
      }),
    },
  ],
  ROUNDS,
);
const page = measured['page'] ?? [];
const bareOnes = measured['bare'] ?? [];
process.stdout.write(`${JSON.stringify({ node: process.version, envelopes_a_page: ITEMS, us_an_envelope: round2(median(page)), us_opened_alone: round2(median(bareOnes)), times_alone: ratio(page, bareOnes) })}\n`);
process.exit(0);
