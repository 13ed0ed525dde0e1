import type { BusOperations } from '@selfos/event-bus';
import { GROUP, isPoison, type World } from './world.js';

/** The history, and what is told of the bus. */
export interface Witness {
  readonly world: World;
  readonly bus: BusOperations;
}

interface Count {
  readonly n: number;
}

/** What is wrong with the history; empty when every promise was kept. */
export interface Verdict {
  readonly written: number;
  readonly effects: number;
  readonly deadLetters: number;
  readonly wrong: readonly string[];
}

/** True when nothing moves any more: all is published and every event is an effect or a dead letter. */
export async function isSettled({ world }: Witness): Promise<boolean> {
  const [state] = await world.worker.query<{ waiting: number; open: number }[]>(
    `SELECT (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS waiting,
            (SELECT count(*)::int FROM written WHERE version <> 13) - (SELECT count(DISTINCT event_id)::int FROM effects) AS open`,
  );
  return state?.waiting === 0 && state.open === 0;
}

/** Reads the whole history. `acknowledged` are the ids of the writes whose answers came. */
export async function judge({ world, bus }: Witness, acknowledged: ReadonlySet<string>): Promise<Verdict> {
  const count = async (sql: string) => (await world.worker.query<Count[]>(`SELECT count(*)::int AS n FROM ${sql}`))[0]?.n ?? -1;
  const written = await world.worker.query<{ id: string; event_id: string; version: number }[]>('SELECT id, event_id, version FROM written');
  const known = new Set(written.map(({ id }) => id));
  const poison = new Set(written.filter(({ version }) => isPoison(version)).map((row) => row.event_id));
  const dead = await allDeadLetters(bus);
  const facts: Record<string, number> = {
    'acknowledged writes that are lost': [...acknowledged].filter((id) => !known.has(id)).length,
    'writes without an event': written.filter((row) => row.event_id === null).length,
    'effects made more than once': await count('(SELECT 1 FROM effects GROUP BY event_id HAVING count(*) > 1) AS twice'),
    'writes without their effect': await count(`written w WHERE version <> 13 AND NOT EXISTS (SELECT 1 FROM effects e WHERE e.event_id = w.event_id)`),
    'effects without a write': await count('effects e WHERE NOT EXISTS (SELECT 1 FROM written w WHERE w.event_id = e.event_id)'),
    'projections that differ from their source': await count(
      `(SELECT goal, max(version) AS version FROM written WHERE version <> 13 GROUP BY goal) AS source FULL JOIN projection p USING (goal) WHERE p.version IS DISTINCT FROM source.version`,
    ),
    'dead letters missing': [...poison].filter((id) => !dead.has(id)).length,
    'dead letters too many': [...dead].filter((id) => !poison.has(id)).length,
  };
  const wrong = Object.entries(facts).filter(([, n]) => n !== 0).map(([what, n]) => `${n} ${what}`);
  return { written: written.length, effects: await count('effects'), deadLetters: dead.size, wrong };
}

/** As operators see them: the bus itself shows the newest hundred. */
async function allDeadLetters(bus: BusOperations): Promise<Set<string>> {
  const letters = await bus.dead();
  return new Set(letters.filter(({ group }) => group === GROUP).map(({ facts }) => facts.id));
}
