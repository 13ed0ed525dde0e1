import { expect } from '@jest/globals';
import { routes, type Route } from '@selfos/contracts';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { LOST_HEADER, type Loss } from '../src/lost-answers.ts';
import { patientPerson, type PatientPerson } from './patient-person.ts';
import { untilAnswered, type Repeatable, type WireAnswer } from './repeated.ts';

const PLANNED = { message: 'I want to read more', apply: false };

/** What the requests of one person must have left behind: each thing once. */
interface Expected {
  tasks: number;
  days: number;
  changes: number;
  ratings: number;
  turns: number;
  plans: number;
}

/** Requests that change something; how often each is chosen. `completeTask` passes the gateway unread, the others are sealed there. */
const KINDS = { createTask: 40, completeTask: 30, changeGoal: 12, giveFeedback: 12, converse: 3, acceptPlan: 3 } as const;
type Kind = keyof typeof KINDS;

/** A person whose every answer is lost once. Counts what was asked for, to be compared with what there is. */
export class LosingPerson {
  readonly expected: Expected = { tasks: 1, days: 0, changes: 0, ratings: 0, turns: 0, plans: 0 };
  private asked = 0;
  private planned: string | undefined;

  private constructor(
    private readonly url: string,
    private readonly person: PatientPerson,
    private readonly daily: string,
    private readonly goal: string,
  ) {}

  static async at(url: string): Promise<LosingPerson> {
    const person = await patientPerson(url);
    const task = await person.client.call(routes.createTask, { key: 'daily', body: { title: 'Stretch', life_areas: ['health'], recurring_pattern: 'daily', start_date: '2020-01-01' } });
    const goal = await person.client.call(routes.createGoal, { key: 'goal', body: { title: 'Run far', vision: 'On my own feet', life_areas: ['health'], target_date: '2030-01-01', success_metrics: ['42 km'] } });
    return new LosingPerson(url, person, task.id, goal.id);
  }

  get userId(): string {
    return this.person.userId;
  }

  /** Asks for something, loses the answer in this way, asks again, and once more: one answer, the same bytes each time. */
  async loses(loss: Loss, chance: number): Promise<void> {
    const kind = this.kindAt(chance);
    this.asked += 1;
    const request = { token: this.person.token, key: `${this.person.run}:${this.asked}:${loss}`, ...this.request(kind) };
    const answer = await untilAnswered(this.url, request);
    const told = `${kind} ${loss} ${answer.status} ${answer.status >= 400 ? answer.body.toString() : ''}`;
    expect([told, answer.status, answer.replayed]).toEqual([told, request.route.status, true]);
    const lost = answer.headers[LOST_HEADER];
    if (loss === 'cut@client') expect([told, sha256(answer.body)]).toEqual([told, lost]);
    const again = await untilAnswered(this.url, request);
    expect([told, again.replayed, again.status, again.body.toString()]).toEqual([told, true, answer.status, answer.body.toString()]);
    this.count(kind, answer);
  }

  /** Compares with the rows that there are. `backend` and `rlhf` are administrators of those databases. */
  async check(backend: pg.Client, rlhf: pg.Client): Promise<void> {
    const mine = [this.userId];
    const count = async (client: pg.Client, from: string) => (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, mine)).rows[0]?.n;
    const told = (type: string) => count(backend, `outbox WHERE user_id = $1 AND type = '${type}'`);
    const { rows: goals } = await backend.query<{ version: number }>('SELECT version FROM goals WHERE user_id = $1 AND plan_id IS NULL', mine);
    const { rows: plans } = await backend.query<{ tasks: number }>("SELECT (SELECT count(*)::int FROM tasks t WHERE t.plan_id = p.id) AS tasks FROM plans p WHERE user_id = $1 AND status = 'applied'", mine);
    const byPlans = plans.reduce((sum, plan) => sum + plan.tasks, 0);
    const found = {
      tasks: await count(backend, 'tasks WHERE user_id = $1 AND plan_id IS NULL'),
      days: await count(backend, 'occurrences WHERE user_id = $1'),
      changes: (goals[0]?.version ?? 0) - 1,
      ratings: await count(rlhf, 'feedback WHERE user_id = $1'),
      turns: await count(backend, 'turns WHERE user_id = $1'),
      plans: plans.length,
    };
    expect(found).toEqual(this.expected);
    expect(new Set(plans.map((plan) => plan.tasks)).size).toBeLessThanOrEqual(1);
    expect({ created: await told('task.created'), days: await told('occurrence.completed'), changes: await told('goal.updated'), plans: await told('plan.applied') }).toEqual({
      created: found.tasks === undefined ? undefined : found.tasks + byPlans, days: found.days, changes: found.changes, plans: found.plans,
    });
  }

  private kindAt(chance: number): Kind {
    if (this.planned !== undefined) return 'acceptPlan';
    const kinds = (Object.keys(KINDS) as Kind[]).flatMap((kind) => Array.from({ length: KINDS[kind] }, () => kind === 'acceptPlan' ? 'converse' : kind));
    return kinds[Math.floor(chance * kinds.length)] ?? 'createTask';
  }

  private request(kind: Kind): Pick<Repeatable, 'params' | 'body' | 'version'> & { route: Route } {
    switch (kind) {
      case 'createTask':
        return { route: routes.createTask, body: { title: `Call number ${this.asked}`, life_areas: ['relationships'] } };
      case 'completeTask':
        return { route: routes.completeTask, params: { id: this.daily }, body: { local_date: this.day(), minutes: 10 } };
      case 'changeGoal':
        return { route: routes.changeGoal, params: { id: this.goal }, version: this.expected.changes + 1, body: { vision: `Seen ${this.asked} times` } };
      case 'giveFeedback':
        return { route: routes.giveFeedback, body: { conversation_id: this.daily, rating: 4, correction: 'Shorter, please' } };
      case 'converse':
        return { route: routes.converse, body: PLANNED };
      case 'acceptPlan':
        return { route: routes.acceptPlan, params: { id: this.planned ?? '' } };
    }
  }

  private day(): string {
    return new Date(Date.UTC(2020, 0, 1 + this.expected.days)).toISOString().slice(0, 10);
  }

  private count(kind: Kind, { body }: WireAnswer): void {
    const counts: Record<Kind, keyof Expected> = { createTask: 'tasks', completeTask: 'days', changeGoal: 'changes', giveFeedback: 'ratings', converse: 'turns', acceptPlan: 'plans' };
    this.expected[counts[kind]] += 1;
    if (kind === 'acceptPlan') this.planned = undefined;
    if (kind === 'converse') this.planned = (JSON.parse(body.toString()) as { plan: { id: string } | null }).plan?.id;
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
