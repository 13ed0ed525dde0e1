import { parseArgs } from 'node:util';
import type { BusOperations, DeadEvent } from '@selfos/event-bus';
import { OperationFailure } from '../operation-failure.js';
import type { Invocation } from '../run-operation.js';
import { age, columns, personTeller } from '../telling.js';

/** `selfos events dlq …`. An id is an event's; where several groups gave it up, it means all of them. */
export async function deadLettersCommand(bus: BusOperations, invocation: Invocation): Promise<void> {
  const [verb = '', ...rest] = invocation.words;
  const command = COMMANDS.get(verb);
  if (command === undefined) throw new OperationFailure('usage', USE);
  await command(bus, { ...invocation, words: rest });
}

const USE = 'Use: npm run selfos -- events dlq list [--type T] | show <id> | replay [<id>] [--type T] [--dry-run] | drop <id>';

const COMMANDS: ReadonlyMap<string, typeof deadLettersCommand> = new Map([
  ['list', list],
  ['show', show],
  ['replay', replay],
  ['drop', drop],
]);

async function list(bus: BusOperations, { words, env, tell }: Invocation): Promise<void> {
  const letters = await chosen(bus, wanted(words));
  const person = personTeller(env);
  const rows = letters.map(({ group, facts, attempts, reason, diedAt }) => [facts.id, facts.type, group, String(attempts), reason, age(diedAt), person(facts)]);
  for (const line of columns([['EVENT', 'TYPE', 'GROUP', 'ATTEMPTS', 'ERROR', 'DIED', 'PERSON'], ...rows])) tell(line);
}

async function show(bus: BusOperations, { words, env, tell }: Invocation): Promise<void> {
  const person = personTeller(env);
  for (const { group, facts, attempts, reason, diedAt } of await named(bus, words)) {
    const rows = [
      ['event', facts.id], ['type', facts.type], ['version', String(facts.version ?? '-')], ['group', group], ['attempts', String(attempts)], ['error', reason],
      ['died', `${diedAt.toISOString()} (${age(diedAt)})`], ['of', facts.aggregateId ?? '-'], ['person', person(facts)], ['trace', facts.traceparent ?? '-'], ['size', `${facts.bytes} bytes, not shown`],
    ];
    for (const line of columns(rows)) tell(line);
  }
}

async function replay(bus: BusOperations, { words, tell }: Invocation): Promise<void> {
  const { ids, type, dryRun } = wanted(words);
  const letters = ids.length > 0 ? await named(bus, ids) : await chosen(bus, { ids, type, dryRun });
  const counts = { replayed: 0, gone: 0 };
  // the oldest first, as they came
  for (const letter of letters.toReversed()) {
    const done = dryRun || (await bus.replay(letter));
    tell(`${dryRun ? 'would replay' : done ? 'replayed' : 'cannot be replayed'}  ${letter.facts.id}  ${letter.facts.type}  ${letter.group}  ${letter.reason}`);
    counts[done ? 'replayed' : 'gone'] += 1;
  }
  tell(`${counts.replayed} ${dryRun ? 'would be replayed, nothing was changed' : 'replayed'}${counts.gone > 0 ? `, ${counts.gone} not` : ''}`);
}

async function drop(bus: BusOperations, { words, tell }: Invocation): Promise<void> {
  for (const letter of await named(bus, words)) {
    const done = await bus.drop(letter);
    tell(`${done ? 'dropped' : 'is gone already'}  ${letter.facts.id}  ${letter.facts.type}  ${letter.group}`);
  }
}

interface Wanted {
  readonly ids: readonly string[];
  readonly type: string | undefined;
  readonly dryRun: boolean;
}

function wanted(words: readonly string[]): Wanted {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { type: { type: 'string' }, 'dry-run': { type: 'boolean' } } });
    return { ids: positionals, type: values.type, dryRun: values['dry-run'] === true };
  } catch (cause) {
    throw new OperationFailure('usage', USE, { cause });
  }
}

async function chosen(bus: BusOperations, { ids, type }: Wanted): Promise<readonly DeadEvent[]> {
  if (ids.length > 0) throw new OperationFailure('usage', USE);
  return (await bus.dead()).filter(({ facts }) => type === undefined || facts.type === type);
}

/** The letters of one event. */
async function named(bus: BusOperations, words: readonly string[]): Promise<readonly DeadEvent[]> {
  const { ids, type } = wanted(words);
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new OperationFailure('usage', USE);
  const letters = (await bus.dead()).filter(({ facts }) => facts.id === id && (type === undefined || facts.type === type));
  if (letters.length === 0) throw new OperationFailure('failed', `There is no dead letter of the event ${id}.`);
  return letters;
}
