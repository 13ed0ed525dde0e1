import { parseArgs } from 'node:util';
import { BusCannotTell, type BusOperations } from '@selfos/event-bus';
import { OperationFailure } from '../operation-failure.js';
import type { Invocation } from '../run-operation.js';
import { deadLettersCommand } from './dead-letters.js';
import { openBus } from './open-bus.js';
import { age, columns, personTeller, span } from '../telling.js';

const USE = 'Use: npm run selfos -- events lag | pending [--most N] | tail [--most N] [--follow] | dlq list|show|replay|drop | forget <service>';
const FOLLOW_MS = 500;
const MOST_AT_ONCE = 1_000;

const COMMANDS: ReadonlyMap<string, (bus: BusOperations, invocation: Invocation) => Promise<void>> = new Map([
  ['lag', lag],
  ['pending', pending],
  ['tail', tail],
  ['dlq', deadLettersCommand],
  ['forget', forget],
]);

/** `selfos events`: what waits, what was put aside, how far behind its readers are. Never what an event holds. */
export async function eventsCommand(invocation: Invocation): Promise<void> {
  const [verb = '', ...words] = invocation.words;
  const command = COMMANDS.get(verb);
  if (command === undefined) throw new OperationFailure('usage', USE);
  const bus = await openBus(invocation.env);
  try {
    await command(bus, { ...invocation, words });
  } catch (error) {
    if (error instanceof BusCannotTell) throw new OperationFailure('failed', error.detail ?? error.title, { cause: error });
    throw error;
  } finally {
    await bus.close();
  }
}

async function lag(bus: BusOperations, { words, tell }: Invocation): Promise<void> {
  options(words, { most: 0 });
  const rows = (await bus.lag()).map(({ group, type, unread, open, dead, since }) => [group, type, String(unread), String(open), String(dead), since === undefined ? '-' : age(since)]);
  for (const line of columns([['GROUP', 'TYPE', 'UNREAD', 'OPEN', 'DEAD', 'OLDEST UNREAD'], ...rows])) tell(line);
}

async function pending(bus: BusOperations, { words, env, tell }: Invocation): Promise<void> {
  const { most } = options(words, { most: 100 });
  const person = personTeller(env);
  const rows = (await bus.open(most)).map(({ group, facts, attempt, waits, inHand, dueAt }) => {
    const due = dueAt.getTime() - Date.now();
    return [facts.id, facts.type, group, String(attempt), String(waits), inHand ? 'in hand' : due > 0 ? `again in ${span(due)}` : 'due', person(facts)];
  });
  for (const line of columns([['EVENT', 'TYPE', 'GROUP', 'ATTEMPT', 'WAITS', 'STATE', 'PERSON'], ...rows])) tell(line);
}

async function tail(bus: BusOperations, { words, env, tell }: Invocation): Promise<void> {
  const { most, follow } = options(words, { most: 10 });
  const person = personTeller(env);
  let told = await bus.told(most);
  for (;;) {
    for (const { facts, publishedAt } of told.events) tell([publishedAt.toISOString(), facts.id, facts.type.padEnd(28), person(facts)].join('  '));
    if (!follow) return;
    await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS));
    told = await bus.told(MOST_AT_ONCE, told.place);
  }
}

async function forget(bus: BusOperations, { words, tell }: Invocation): Promise<void> {
  const [group, ...more] = words;
  if (group === undefined || group.startsWith('-') || more.length > 0) throw new OperationFailure('usage', USE);
  const outcome = await bus.forget(group);
  if (outcome === 'unknown') throw new OperationFailure('failed', `Nobody called ${group} reads events.`);
  if (outcome === 'at work') throw new OperationFailure('failed', `${group} is at work, or was a minute ago. Stop it first.`);
  tell(`forgot  ${group}`);
}

function options(words: readonly string[], fallback: { readonly most: number }): { readonly most: number; readonly follow: boolean } {
  try {
    const { values } = parseArgs({ args: [...words], options: { most: { type: 'string' }, follow: { type: 'boolean', short: 'f' } } });
    const most = values.most === undefined ? fallback.most : Number(values.most);
    if (!Number.isInteger(most) || most < 0) throw new RangeError('most');
    return { most, follow: values.follow === true };
  } catch (cause) {
    throw new OperationFailure('usage', USE, { cause });
  }
}
