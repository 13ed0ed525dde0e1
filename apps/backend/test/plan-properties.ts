import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, uuidv7, type LifeArea, type MovableClock, type Uuid } from '@selfos/kernel';
import type { Goal, GoalBook, GoalRepository } from '../src/goals/index.js';
import { GOAL_FIELDS, same, TASK_FIELDS } from '../src/plans/domain/plan/fields.js';
import type { DecidePlan } from '../src/plans/domain/use-cases/decide-plan.js';
import type { Plan, PlanChange, PlanDesk } from '../src/plans/index.js';
import type { Occurrence, OccurrenceRepository, Task, TaskBook, TaskRepository } from '../src/tasks/index.js';
import { aGoalDraft, anEnvelope, aTaskDraft } from './builders.js';

/** The plans of one person, over some adapters. */
export interface PlanBench {
  readonly userId: Uuid;
  readonly clock: MovableClock;
  readonly tasks: TaskRepository;
  readonly goals: GoalRepository;
  readonly occurrences: OccurrenceRepository;
  readonly taskBook: TaskBook;
  readonly goalBook: GoalBook;
  readonly planDesk: PlanDesk;
  readonly decidePlan: DecidePlan;
  /** As that person, in one transaction; takes nothing back where `undoesFailures` is false. */
  run<T>(work: () => Promise<T>): Promise<T>;
  readonly undoesFailures: boolean;
}

interface State {
  readonly tasks: ReadonlyMap<Uuid, Task>;
  readonly goals: ReadonlyMap<Uuid, Goal>;
  readonly done: readonly Occurrence[];
}

const MOST = 500;
const DAYS = ['2026-11-21', '2026-11-22', '2026-11-23'];
const taskIds = Array.from({ length: 4 }, () => uuidv7());
const goalIds = Array.from({ length: 2 }, () => uuidv7());
const newGoalId = uuidv7();
const someTask = fc.constantFrom(...taskIds);
const someGoal = fc.constantFrom(...goalIds);
const someDay = fc.constantFrom(...DAYS);
const someTitle = (ctx: string) => fc.constant(null).map(() => anEnvelope(ctx));
const milestones = (done: readonly boolean[]) => done.map((isDone) => ({ id: uuidv7(), title: anEnvelope('goals.milestone.title'), due_date: null, done: isDone }));
const someMilestones = fc.array(fc.boolean(), { maxLength: 3 }).map(milestones);

/** What happened before the plan: tasks and goals in all states, some of them done on some days. */
const someLife = fc.record({
  tasks: fc.array(
    fc.record({ recurs: fc.boolean(), done: fc.subarray(DAYS), end: fc.constantFrom('open', 'open', 'open', 'cancelled', 'completed'), goal: fc.constantFrom(null, ...goalIds), description: fc.boolean() }),
    { minLength: taskIds.length, maxLength: taskIds.length },
  ),
  goals: fc.array(fc.record({ milestones: someMilestones, end: fc.constantFrom('active', 'achieved', 'dropped'), progress: fc.constantFrom(undefined, 0.25) }), { minLength: goalIds.length, maxLength: goalIds.length }),
});
type Life = typeof someLife extends fc.Arbitrary<infer L> ? L : never;

const taskSet = fc.record(
  {
    title: someTitle('tasks.task.title'), description: fc.option(someTitle('tasks.task.description')), priority: fc.integer({ min: 1, max: 5 }), recurring_pattern: fc.constantFrom(null, 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=TU'),
    start_date: someDay, scheduled_time: fc.constantFrom(null, '07:00', '19:30'), parent_goal_id: fc.constantFrom(null, newGoalId, ...goalIds), due_date: fc.constantFrom(null, '2026-12-01T09:00:00.000Z'),
    attachments: fc.array(fc.constant(newGoalId), { maxLength: 1 }), timezone: fc.constantFrom('Europe/Paris', 'UTC'),
  },
  { requiredKeys: [] },
);
const goalSet = fc.record(
  { title: someTitle('goals.goal.title'), vision: someTitle('goals.goal.vision'), target_date: fc.constantFrom('2027-01-01', '2027-02-02'), milestones: someMilestones, progress: fc.constantFrom(0.5, 1), life_areas: fc.constant(null).map((): LifeArea[] => ['career']) },
  { requiredKeys: [] },
);
const someChange: fc.Arbitrary<PlanChange> = fc.oneof(
  fc.record({ op: fc.constant('complete_task' as const), task_id: someTask, local_date: someDay }),
  fc.record({ op: fc.constant('cancel_task' as const), task_id: someTask }),
  fc.record({ op: fc.constant('update_task' as const), task_id: someTask, set: taskSet }),
  fc.record({ op: fc.constant('update_goal' as const), goal_id: someGoal, set: goalSet }),
  fc.record({ op: fc.constantFrom('achieve_goal' as const, 'cancel_goal' as const), goal_id: someGoal }),
  fc.constantFrom(null, newGoalId, ...goalIds).map((goal) => ({ op: 'create_task' as const, task: aTaskDraft({ parent_goal_id: goal }) })),
  fc.constant(null).map(() => ({ op: 'remember' as const, memory: { id: uuidv7(), type: 'preference' as const, text: anEnvelope('memories.memory.text') } })),
  fc.constant(null).map(() => ({ op: 'forget' as const, memory_id: uuidv7() })),
);
/** Every plan makes one goal that its other changes may tie tasks to. */
const somePlan = fc.tuple(fc.array(someChange, { maxLength: 8 }), fc.nat({ max: 8 })).map(([changes, at]) => changes.toSpliced(at, 0, { op: 'create_goal', goal: aGoalDraft({ id: newGoalId }) }));

/** What its owner does after the plan; `new` is the first task that the plan made. */
const someOwnTask = fc.constantFrom('new', ...taskIds);
const someOwnGoal = fc.constantFrom(...goalIds, newGoalId);
const someDeed = fc.oneof(
  fc.record({ what: fc.constant('set' as const), id: someOwnTask, set: taskSet }),
  fc.record({ what: fc.constant('remove task' as const), id: someOwnTask }),
  fc.record({ what: fc.constant('reopen' as const), id: someOwnTask }),
  fc.record({ what: fc.constant('target' as const), id: someOwnGoal }),
  fc.record({ what: fc.constant('remove goal' as const), id: someOwnGoal }),
  fc.record({ what: fc.constant('progress' as const), id: someOwnGoal, value: fc.constantFrom(0, 0.5, 1) }),
);
type Deed = typeof someDeed extends fc.Arbitrary<infer D> ? D : never;

async function live({ userId, run, taskBook, goalBook, tasks, goals }: PlanBench, life: Life): Promise<void> {
  await run(async () => {
    for (const [index, { milestones: steps, end, progress }] of life.goals.entries()) {
      const goal = await goalBook.add(userId, aGoalDraft({ id: goalIds[index] ?? '', milestones: steps }), null);
      if (progress !== undefined) await goalBook.change(userId, goal, { progress });
      if (end !== 'active') await goalBook.change(userId, await goals.lock(userId, goal.id), { status: end === 'dropped' ? 'dropped' : 'achieved' });
    }
    for (const [index, { recurs, done, end, goal, description }] of life.tasks.entries()) {
      const draft = aTaskDraft({ id: taskIds[index] ?? '', parent_goal_id: goal, description: description ? anEnvelope('tasks.task.description') : null, recurring_pattern: recurs ? 'FREQ=DAILY' : null });
      const { id } = await taskBook.add(userId, draft, null);
      for (const localDate of done) await taskBook.complete(userId, await tasks.lock(userId, id), { localDate });
      if (end !== 'open') await taskBook.change(userId, await tasks.lock(userId, id), { status: end === 'cancelled' ? 'cancelled' : 'completed' });
    }
  });
}

async function decide(bench: PlanBench, deed: Deed, made: Uuid | undefined): Promise<void> {
  const { userId, goals, goalBook, tasks } = bench;
  if (deed.what === 'set' || deed.what === 'remove task' || deed.what === 'reopen') {
    const task = await tasks.lockIfThere(userId, deed.id === 'new' ? (made ?? newGoalId) : deed.id);
    return task === undefined ? undefined : decideTask(bench, deed, task);
  }
  const goal = await goals.lockIfThere(userId, deed.id);
  if (goal === undefined) return;
  if (deed.what === 'remove goal') await goalBook.remove(userId, goal);
  if (deed.what === 'target') await goalBook.change(userId, goal, { target_date: '2028-08-08' });
  if (deed.what === 'progress') await goalBook.change(userId, goal, { progress: deed.value });
}

async function decideTask({ userId, goals, occurrences, taskBook }: PlanBench, deed: Extract<Deed, { readonly what: 'set' | 'remove task' | 'reopen' }>, task: Task): Promise<void> {
  if (deed.what === 'remove task') await taskBook.remove(userId, task);
  if (deed.what === 'set') {
    const { parent_goal_id: parent, ...set } = deed.set;
    const there = typeof parent === 'string' && (await goals.find(userId, parent)) === undefined ? {} : deed.set;
    await taskBook.change(userId, task, { ...set, ...there });
  }
  const [last] = await occurrences.findPage(userId, { taskId: task.id, limit: 1 });
  if (deed.what === 'reopen' && last !== undefined) await taskBook.reopen(userId, last, true);
}

/** Everything a person can see, but not how often it was written. */
export async function stateOf({ userId, run, tasks, goals, occurrences }: PlanBench): Promise<State> {
  const still = <T extends { readonly id: Uuid }>(items: readonly T[]) => new Map(items.map((item) => [item.id, { ...item, version: 0, updated_at: '' }]));
  return run(async () => ({
    tasks: still(await tasks.findPage(userId, { limit: MOST })), goals: still(await goals.findPage(userId, { limit: MOST })), done: await occurrences.findPage(userId, { limit: MOST }),
  }));
}

async function applied(bench: PlanBench, changes: readonly PlanChange[]): Promise<Plan | undefined> {
  bench.clock.advance(60_000);
  const plan = await bench.run(() => bench.planDesk.receive(bench.userId, changes, { conversationId: null, apply: true })).catch((error: unknown) => error);
  bench.clock.advance(60_000);
  if (plan instanceof DomainError) return undefined;
  if (plan instanceof Error) throw plan;
  return plan as Plan;
}

type Fields = Readonly<Record<string, unknown>>;
interface Course {
  readonly before: State;
  readonly planned: State;
  readonly decided: State;
  readonly after: State;
}

/** Of what was there before: fields that its owner changed since are theirs, all others are as they were; a tie to a goal that is gone is none. */
function expectFieldwise(course: Course, kind: 'tasks' | 'goals', fields: readonly string[]): void {
  for (const [id, was] of course.before[kind]) {
    const [plan, owner, is] = [course.planned, course.decided, course.after].map((state) => state[kind].get(id) as Fields | undefined);
    expect(is === undefined).toBe(owner === undefined);
    if (plan === undefined || owner === undefined || is === undefined) continue;
    for (const field of fields) {
      const wanted = same(owner[field], plan[field]) ? (was as unknown as Fields)[field] : owner[field];
      const lost = field === 'parent_goal_id' && !course.after.goals.has(String(wanted));
      expect([field, is[field]]).toEqual([field, lost ? null : wanted]);
    }
  }
}

/** Of what the plan made: it is there if its owner has changed it since, or has tied something to it, and only then. */
function expectOnlyOwned({ before, planned, decided, after }: Course): void {
  const isOwn = (kind: 'tasks' | 'goals', id: Uuid) => {
    const [made, own] = [planned[kind].get(id) as Fields | undefined, decided[kind].get(id) as Fields | undefined];
    const lost = own?.['parent_goal_id'] === null && !decided.goals.has(String(made?.['parent_goal_id']));
    return own !== undefined && !same({ ...own, ...(lost ? { parent_goal_id: made?.['parent_goal_id'] } : {}) }, made);
  };
  const made = (kind: 'tasks' | 'goals') => [...planned[kind].keys()].filter((id) => !before[kind].has(id));
  for (const id of made('tasks')) expect(after.tasks.has(id)).toBe(isOwn('tasks', id));
  for (const id of made('goals')) expect(after.goals.has(id)).toBe(decided.goals.has(id) && (isOwn('goals', id) || [...after.tasks.values()].some((task) => task.parent_goal_id === id)));
}

/** What undoing promises, whatever the plan, the life before it, and what its owner did since. */
export function undoProperties(bench: () => Promise<PlanBench>, numRuns: number): void {
  it('restores by undo exactly what was before, whatever the plan did', async () => {
    await fc.assert(
      fc.asyncProperty(someLife, somePlan, async (life, changes) => {
        const table = await bench();
        await live(table, life);
        const before = await stateOf(table);
        const plan = await applied(table, changes);
        if (plan === undefined) {
          if (table.undoesFailures) expect(await stateOf(table)).toEqual(before);
          return;
        }
        const undo = () => table.run(() => table.decidePlan.undo(table.userId, plan.id));
        const undone = await undo();
        expect([await stateOf(table), undone.kept]).toEqual([before, []]);
        expect(await undo()).toEqual(undone);
        expect(await stateOf(table)).toEqual(before);
      }),
      { numRuns },
    );
  });

  it('leaves to its owner, field by field, what they have changed since, and restores the rest', async () => {
    await fc.assert(
      fc.asyncProperty(someLife, somePlan, fc.array(someDeed, { maxLength: 8 }), async (life, changes, deeds) => {
        const table = await bench();
        await live(table, life);
        const before = await stateOf(table);
        const plan = await applied(table, changes);
        if (plan === undefined) return;
        const planned = await stateOf(table);
        const made = [...planned.tasks.keys()].find((id) => !before.tasks.has(id));
        for (const deed of deeds) await table.run(() => decide(table, deed, made));
        const decided = await stateOf(table);
        await table.run(() => table.decidePlan.undo(table.userId, plan.id));
        const course = { before, planned, decided, after: await stateOf(table) };
        expectFieldwise(course, 'tasks', TASK_FIELDS.filter((field) => field !== 'status'));
        expectFieldwise(course, 'goals', GOAL_FIELDS.filter((field) => !['status', 'progress', 'achieved_at'].includes(field)));
        expectOnlyOwned(course);
      }),
      { numRuns },
    );
  });
}
