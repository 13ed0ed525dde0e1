import { openDatabase, OutsideEffects, TypeormEffectLedger, WorkerDatabase } from '../src/index.js';
import { mailThrough } from './mail-provider.js';
import { CreateNotes1763800000000, NoteRow } from './notes-service.js';

// A process to be killed: sends one mail and hangs where its last argument says.
const [, , databaseUrl = '', mailUrl = '', key = '', hangAt = ''] = process.argv;
const open = await openDatabase({ name: 'notes', databaseUrl, rows: [NoteRow], migrations: [CreateNotes1763800000000] });
const ledger = new TypeormEffectLedger(new WorkerDatabase(open.worker, open.address.workerUrl));
const { effect, call } = mailThrough(mailUrl, 60_000);

const reach = async (place: string) => {
  process.stdout.write(`${place}\n`);
  if (place === hangAt) await new Promise((resolve) => setTimeout(resolve, 600_000));
};
await new OutsideEffects(ledger).make(effect, {
  key,
  call: async (idempotencyKey, signal) => {
    await reach('before the call');
    const answer = await call(idempotencyKey, signal);
    await reach('after the call');
    return answer;
  },
});
await reach('after the mark');
