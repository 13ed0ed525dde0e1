import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import { OutsideEffects, TypeormEffectLedger, WorkerDatabase } from '../src/index.js';
import { MailProvider, mailThrough } from './mail-provider.js';
import { NotesService } from './notes-service.js';
import { outsideEffectsContract } from './outside-effects.contract.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const FLAGS = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../../../tools/run/typescript-hooks.mjs')];

requireRealPart('postgres')('on PostgreSQL', () => {
  let database: TestDatabase;
  let notes: NotesService;
  let worker: WorkerDatabase;
  const provider = new MailProvider();
  const at = { url: '' };

  beforeAll(async () => {
    database = await databaseFor('effects');
    notes = await NotesService.start(database.url);
    worker = new WorkerDatabase(notes.open.worker, notes.open.address.workerUrl);
    at.url = await provider.start();
  });
  afterAll(async () => {
    provider.stop();
    await notes.stop();
    await database.drop();
  });

  const endLeases = async () => void (await worker.query("UPDATE once SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL AND scope LIKE 'effect:%'"));
  const ledger = () => new TypeormEffectLedger(worker);
  outsideEffectsContract('PostgreSQL', { ledger, endLeases });

  /** Starts a process that sends one mail, and kills it where it hangs. */
  async function killedAt(place: string, key: string): Promise<void> {
    const child = spawn(process.execPath, [...FLAGS, here('mortal-sender.ts'), database.url, at.url, key, place], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    child.stdout.on('data', (text: Buffer) => said.push(...text.toString().trim().split('\n')));
    const dead = new Promise((resolve) => child.once('exit', resolve));
    await eventually(() => expect(said).toContain(place), { timeoutMs: 60_000 }).finally(() => child.kill('SIGKILL'));
    await dead;
  }

  it.each([
    ['before the call', 0, true],
    ['after the call', 1, false],
    ['after the mark', 1, false],
  ])('a process killed %s leaves exactly one effect behind it', async (place, sentByThen, now) => {
    const key = uuidv7();
    provider.sent.length = 0;
    await killedAt(place, key);
    expect(provider.sent).toHaveLength(sentByThen);
    await endLeases();
    const { effect, call } = mailThrough(at.url);
    expect(await new OutsideEffects(ledger()).make(effect, { key, call })).toEqual({ receipt: { id: 'mail-1' }, now });
    expect(provider.sent).toHaveLength(1);
  }, 120_000);

  it('outlive housekeeping for as long as nobody knows what became of them', async () => {
    const key = uuidv7();
    await ledger().reserve({ kind: 'email', key, leaseMs: 0 });
    const rows = await worker.query<{ forever: boolean }[]>("SELECT expires_at = 'infinity' AS forever FROM once WHERE key = $1", [key]);
    expect(rows).toEqual([{ forever: true }]);
  });
});
