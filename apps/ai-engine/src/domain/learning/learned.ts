import { namedId } from '../named-id.js';
import { isCrisis } from '../planning/mood.js';
import type { NewMemory } from '../ports/memories.js';
import type { Observation } from '../ports/observations.js';
import { extractDone } from '../remembering/extract-done.js';
import { extractSaid } from '../remembering/extract-said.js';
import type { Origin } from '../safety/provenance.js';
import { isTrustedSource } from '../safety/provenance.js';
import { cuesOfDone } from './done-cues.js';
import type { Lesson } from './lessons.js';
import { cuesOfMessage } from './said-cues.js';

/** What one lesson teaches. */
export interface Learned {
  readonly memories: readonly NewMemory[];
  readonly seen: readonly Observation[];
}

type Of<K extends Lesson['kind']> = Extract<Lesson, { readonly kind: K }>;

/** A message, and what it tells of the person: each memory bound to its place in it. Foreign words teach nothing, nor do words of despair. */
export async function learnedFromSaid({ id, said_at: saidAt }: Pick<Of<'said'>, 'id' | 'said_at'>, text: string, origin: Origin = 'said'): Promise<Learned> {
  if (!isTrustedSource(origin) || isCrisis(text)) return { memories: [], seen: [] };
  const at = new Date(saidAt);
  const memories = await Promise.all(
    extractSaid(text).map(async ({ type, text: words, start, end }): Promise<NewMemory> => ({
      id: await namedId('memory', id, type, start, end), type, text: words, source: { kind: 'message', id, start, end }, validFrom: at,
    })),
  );
  const cues = cuesOfMessage(text);
  return { memories, seen: cues.length === 0 ? [] : [{ id, seq: 1, at, cues }] };
}

/** Something done: an observation each time, a memory at the first and at round numbers. */
export async function learnedFromDone(done: Of<'done'>, title: string): Promise<Learned> {
  const at = new Date(done.done_at);
  const kept = done.count === undefined ? undefined : extractDone({ kind: 'occurrence', title, date: done.local_date, count: done.count });
  const cues = cuesOfDone({ title, at, zone: done.timezone, lifeAreas: done.life_areas });
  const memories = kept === undefined ? [] : [{ ...kept, id: await namedId('memory', done.id), source: { kind: 'event', id: done.id } as const, validFrom: at }];
  return { memories, seen: [{ id: done.occurrence_id, seq: done.seq, at, cues }] };
}

export function learnedFromTakenBack({ occurrence_id: id, seq, at }: Of<'taken_back'>): Learned {
  return { memories: [], seen: [{ id, seq, at: new Date(at), cues: [] }] };
}

export async function learnedFromGoal({ id, done_at: doneAt }: Of<'goal_achieved'>, title: string): Promise<Learned> {
  const kept = extractDone({ kind: 'goal_achieved', title });
  return { memories: kept === undefined ? [] : [{ ...kept, id: await namedId('memory', id), source: { kind: 'event', id }, validFrom: new Date(doneAt) }], seen: [] };
}
