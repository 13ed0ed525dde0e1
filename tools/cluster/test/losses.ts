import type { Loss } from '../src/lost-answers.ts';
import { withDatabase } from './databases.ts';
import { LosingPerson } from './losing-person.ts';
import { seeded } from './seeded.ts';

/** How many answers are lost, in which way. */
export type Losses = Readonly<Partial<Record<Loss, number>>>;

export interface LossRun {
  readonly url: string;
  /** Of the cluster's or the process's databases, without the services' endings. */
  readonly databaseUrl: string;
  readonly losses: Losses;
  readonly seed: number;
  /** People who ask at the same time. */
  readonly lanes: number;
}

/** Loses answers, in an order that the seed decides; afterwards everything is there once. Throws at the first that is not. */
export async function loseAnswers(run: LossRun): Promise<void> {
  const random = seeded(run.seed);
  const all = Object.entries(run.losses).flatMap(([loss, count]) => Array.from({ length: count }, () => ({ loss: loss as Loss, chance: random(), at: random() })));
  const queue = all.toSorted((a, b) => a.at - b.at);
  const people: LosingPerson[] = [];
  while (people.length < run.lanes) people.push(await LosingPerson.at(run.url));
  await Promise.all(people.map(async (person) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await person.loses(next.loss, next.chance);
  }));
  await withDatabase(run.databaseUrl, 'backend', (backend) => withDatabase(run.databaseUrl, 'rlhf', async (rlhf) => {
    for (const person of people) await person.check(backend, rlhf);
  }));
}
