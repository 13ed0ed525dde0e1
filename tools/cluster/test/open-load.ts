import { routes, type Route } from '@selfos/contracts';
import { patientPerson, type PatientPerson } from './patient-person.ts';
import { sendOnce, type Repeatable, type WireAnswer } from './repeated.ts';
import { seeded } from './seeded.ts';

interface Load {
  readonly url: string;
  readonly seed: number;
  readonly people: number;
  /** Of a hundred requests, those that write; 40. */
  readonly writes?: number;
}

/** Many people, who read most of the time: the mix of workload B of YCSB. */
export const MANY_READERS = { people: 64, writes: 5 } as const;

/** What one person was told is done. */
export interface Acknowledged {
  readonly userId: string;
  readonly tasks: string[];
  readonly days: string[];
  readonly ratings: string[];
}

/** Of a hundred requests that write; the others read, each as often. */
const WRITES = { createTask: 50, completeTask: 30, giveFeedback: 20 } as const;
const WRITING = 40;
const READS = ['listTasks', 'getToday', 'getMe', 'getTask', 'listNotifications'] as const;
type Kind = keyof typeof WRITES | (typeof READS)[number];
/** A server that has too much to do says when to come again, and is asked again then. */
const OVERLOADED = 'http.service.overloaded';
const TIMES = 20;
const LANES = 4;

class Loaded {
  readonly acknowledged: Acknowledged;
  private days = 0;

  constructor(
    private readonly person: PatientPerson,
    private readonly daily: string,
  ) {
    this.acknowledged = { userId: person.userId, tasks: [daily], days: [], ratings: [] };
  }

  request(kind: Kind, key: string): Repeatable {
    const { token } = this.person;
    const route: Route = routes[kind];
    switch (kind) {
      case 'createTask':
        // on days to come: nobody has hundreds of things to do today
        return { route, token, key, body: { title: `Buy ${key}`, life_areas: ['health'], start_date: dayAfter('2040-01-01', this.days++) } };
      case 'completeTask':
        return { route, token, key, params: { id: this.daily }, body: { local_date: dayAfter('2015-01-01', this.days++), minutes: 10 } };
      case 'giveFeedback':
        return { route, token, key, body: { conversation_id: this.daily, rating: 5 } };
      case 'getTask':
        return { route, token, key: undefined, params: { id: this.daily } };
      default:
        return { route, token, key: undefined };
    }
  }

  /** Remembers what was said to be done. */
  note(kind: Kind, answer: WireAnswer): void {
    const lists: Partial<Record<Kind, string[]>> = { createTask: this.acknowledged.tasks, completeTask: this.acknowledged.days, giveFeedback: this.acknowledged.ratings };
    lists[kind]?.push((JSON.parse(answer.body.toString()) as { id: string }).id);
  }
}

/** An open-loop load of several people that read and write; keeps what failed, how long each took, and what was acknowledged. */
export class OpenLoad {
  readonly failures: string[] = [];
  /** Milliseconds from the moment that a request was due to its answer. */
  readonly times: number[] = [];
  /** Requests that were asked to come again. */
  deferred = 0;
  private readonly random: () => number;
  private readonly underWay = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private sent = 0;

  private constructor(
    private readonly load: Load,
    private readonly people: readonly Loaded[],
  ) {
    this.random = seeded(load.seed);
  }

  static async of(load: Load): Promise<OpenLoad> {
    const people: Loaded[] = [];
    while (people.length < load.people) {
      const person = await patientPerson(load.url);
      const body = { title: 'Stretch', life_areas: ['health' as const], recurring_pattern: 'daily', start_date: '2015-01-01' };
      people.push(new Loaded(person, (await person.client.call(routes.createTask, { key: 'daily', body })).id));
    }
    return new OpenLoad(load, people);
  }

  get acknowledged(): Acknowledged[] {
    return this.people.map((person) => person.acknowledged);
  }

  /** How many requests a second are answered when a few are always under way. */
  async carried(forMs: number): Promise<number> {
    const until = performance.now() + forMs;
    const began = this.times.length;
    await Promise.all(Array.from({ length: LANES }, async () => {
      while (performance.now() < until) await this.one(performance.now());
    }));
    return ((this.times.splice(began).length) * 1_000) / forMs;
  }

  /** Sends `rate` requests a second from now on, whether or not earlier ones are answered. */
  begin(rate: number): void {
    const began = performance.now();
    const first = this.sent;
    this.timer = setInterval(() => {
      const due = first + Math.floor(((performance.now() - began) / 1_000) * rate);
      while (this.sent < due) void this.one(began + ((this.sent - first) / rate) * 1_000);
    }, 5);
  }

  /** Resolves when every request has its answer. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underWay);
  }

  private one(due: number): Promise<void> {
    const number = this.sent++;
    const person = this.people[number % this.people.length];
    const kind = this.kind();
    if (person === undefined) return Promise.resolve();
    const request = person.request(kind, `load-${this.load.seed}-${number}`);
    const done = this.answered(request).then(
      (answer) => {
        this.times.push(performance.now() - due);
        if (answer.status === request.route.status) person.note(kind, answer);
        else this.failures.push(`${kind}: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
      },
      (error: unknown) => void this.failures.push(`${kind}: ${String(error)} ${String((error as Error).cause)}`),
    ).finally(() => this.underWay.delete(done));
    this.underWay.add(done);
    return done;
  }

  private async answered(request: Repeatable): Promise<WireAnswer> {
    for (let time = 1; ; time += 1) {
      const answer = await sendOnce(this.load.url, request);
      if (answer.status !== 503 || !answer.body.includes(OVERLOADED) || time === TIMES) return answer;
      this.deferred += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(answer.headers['retry-after'] ?? 1)));
    }
  }

  private kind(): Kind {
    let dice = this.random() * 100;
    for (const [kind, share] of Object.entries(WRITES)) {
      dice -= (share * (this.load.writes ?? WRITING)) / 100;
      if (dice < 0) return kind as Kind;
    }
    return READS[Math.floor(this.random() * READS.length)] ?? 'getMe';
  }
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The time within which this share of all came. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
