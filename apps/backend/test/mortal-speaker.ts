import { PostgresBackend } from './postgres-backend.js';
import { aQuestion, TurnDesk, type Moments } from './turn-desk.js';

// Keeps one turn in a process of its own, which dies by SIGKILL at the moment that its parent names.
const [databaseUrl = '', mongoUrl = '', userId = '', messageId = '', replyId = '', moment = ''] = process.argv.slice(2);

function die(): Promise<void> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

const backend = await PostgresBackend.join(databaseUrl);
const desk = new TurnDesk(backend, mongoUrl === '' ? undefined : mongoUrl);
const moments: Moments = moment === 'committed' ? {} : { [moment]: die };
await desk.say(userId, aQuestion({ message_id: messageId, reply_id: replyId }), moments);
await die();
