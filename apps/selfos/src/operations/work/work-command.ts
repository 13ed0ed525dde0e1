import { parseArgs } from 'node:util';
import { JOB_STATES, type JobState } from '@selfos/work';
import { services } from '../../services.js';
import { administratorUrl } from '../administrator-url.js';
import { OperationFailure } from '../operation-failure.js';
import type { Invocation } from '../run-operation.js';
import { knownDatabases } from '../service-databases.js';
import { personTeller } from '../telling.js';
import { WorkDesk, type PlacedJob } from './work-desk.js';
import { listLines, showLines } from './work-lines.js';

const MOST = 200;
const USE = `Use: npm run selfos -- work list [--state ${JOB_STATES.join('|')}] [--kind <kind>] | show <id> | retry <id> | cancel <id>`;

/** `selfos work`: what is booked, in hand, over. Ids, kinds, states and times; never what a job holds. */
export async function workCommand({ words, env, tell }: Invocation): Promise<void> {
  const { act, id, state, kind } = asked(words);
  const desk = new WorkDesk(await knownDatabases(services, administratorUrl(env)));
  if (act === 'list') return listJobs(desk, { state, kind }, tell);
  const found = await desk.find(id);
  if (found === undefined) throw new OperationFailure('failed', `There is no job ${id}.`);
  if (act === 'show') for (const line of showLines(found, { person: personTeller(env)(found.job), steps: found.steps })) tell(line);
  else if (act === 'retry') tell(await retry(desk, found));
  else tell(await cancel(desk, found));
}

async function listJobs(desk: WorkDesk, filter: { state: JobState | undefined; kind: string | undefined }, tell: (line: string) => void): Promise<void> {
  const jobs = await desk.list({ ...filter, limit: MOST });
  for (const line of listLines(jobs)) tell(line);
  tell(jobs.length === 0 ? 'No job.' : `${jobs.length} job${jobs.length === 1 ? '' : 's'}; of each service the ${MOST} changed last at most.`);
}

async function retry(desk: WorkDesk, found: PlacedJob): Promise<string> {
  const { kind, key, state } = found.job;
  if (!(await desk.change(found, (work) => work.retry(kind, key)))) throw new OperationFailure('failed', `The job is ${state}: only what failed can be set going again.`);
  return 'It is set going again.';
}

async function cancel(desk: WorkDesk, found: PlacedJob): Promise<string> {
  const { id, kind, key, state } = found.job;
  if (!(await desk.change(found, (work) => work.cancel(kind, key)))) throw new OperationFailure('failed', `The job is ${state}: there is nothing left to cancel.`);
  const now = await desk.find(id);
  return now?.job.state === 'compensating' ? 'It is cancelled; what it did is being taken back.' : 'It is cancelled.';
}

interface Asked {
  readonly act: 'list' | 'show' | 'retry' | 'cancel';
  readonly id: string;
  readonly state: JobState | undefined;
  readonly kind: string | undefined;
}

function asked(words: readonly string[]): Asked {
  const { positionals, values } = parsed(words);
  const [act = '', id = '', more] = positionals;
  const state = JOB_STATES.find((one) => one === values.state);
  const wellFormed = act === 'list' ? id === '' : /^[0-9a-f-]{36}$/.test(id) && values.state === undefined && values.kind === undefined;
  if (!wellFormed || more !== undefined || (values.state !== undefined && state === undefined)) throw new OperationFailure('usage', USE);
  if (act !== 'list' && act !== 'show' && act !== 'retry' && act !== 'cancel') throw new OperationFailure('usage', USE);
  return { act, id, state, kind: values.kind };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: { state: { type: 'string' }, kind: { type: 'string' } } });
  } catch (cause) {
    throw new OperationFailure('usage', USE, { cause });
  }
}
