import { describe, expect, it } from '@jest/globals';
import { routes, type Plain } from '@selfos/contracts';
import { ProblemAnswer } from '../src/client/selfos-client.js';
import { waitFor } from '../src/demo/stage.js';
import { somebody, type Somebody } from './people.js';
import { sharedSystem } from './system.js';

type Plan = Plain<typeof routes.getPlan.response>;
type Change = Plan['changes'][number];

const SENTENCE = 'Save 3000 euros by December and call my mother every Sunday';
const system = sharedSystem();

/** Somebody who wants to be asked before a plan takes effect. */
async function cautious(): Promise<Somebody> {
  const ada = await somebody(system.url);
  const { version } = await ada.client.call(routes.getSettings);
  expect((await ada.client.call(routes.changeSettings, { version, body: { ask_before_applying: true } })).ask_before_applying).toBe(true);
  return ada;
}

async function proposalOf(ada: Somebody, message: string): Promise<Plan> {
  const answer = await ada.client.call(routes.converse, { body: { message } });
  expect([answer.plan?.status, answer.created_tasks]).toEqual(['proposed', []]);
  return ada.client.call(routes.getPlan, { params: { id: answer.plan?.id ?? '' } });
}

const taskIn = (plan: Plan, index: number): Extract<Change, { op: 'create_task' }> => {
  const change = plan.changes[index];
  if (change?.op !== 'create_task') throw new Error(`change ${String(index)} makes no task`);
  return change;
};

async function statusOf(work: Promise<unknown>): Promise<number> {
  const outcome = await work.then(() => undefined, (error: unknown) => error);
  if (!(outcome instanceof ProblemAnswer)) throw new Error(`expected a problem, got ${String(outcome)}`);
  return outcome.status;
}

describe('a plan that waits for its owner', () => {
  it('is accepted in part and edited, and undone but for what its owner has changed since', async () => {
    const ada = await cautious();
    const plan = await proposalOf(ada, SENTENCE);
    expect(plan.changes.map(({ op }) => op)).toEqual(['create_goal', 'create_task', 'create_task']);
    expect((await ada.client.call(routes.listTasks)).items).toEqual([]);
    const [saving, calling] = [taskIn(plan, 1), taskIn(plan, 2)];
    const path = { params: { id: plan.id } };
    const edited: Change = { ...calling, task: { ...calling.task, title: 'Call my mother and my aunt', scheduled_time: '18:30' } };
    const stranger: Change = { ...calling, task: { ...calling.task, id: saving.task.id } };
    expect(await statusOf(ada.client.call(routes.acceptPlan, { ...path, body: { edits: [{ index: 2, change: stranger }] } }))).toBe(400);
    const accepted = await ada.client.call(routes.acceptPlan, { ...path, body: { changes: [1, 2], edits: [{ index: 2, change: edited }] } });
    expect([accepted.status, accepted.accepted]).toEqual(['applied', [1, 2]]);
    expect(await statusOf(ada.client.call(routes.acceptPlan, path))).toBe(409);
    const tasks = (await ada.client.call(routes.listTasks)).items;
    expect(new Map(tasks.map(({ id, title }) => [id, title]))).toEqual(new Map([[saving.task.id, saving.task.title], [calling.task.id, 'Call my mother and my aunt']]));
    expect(tasks.find(({ id }) => id === saving.task.id)?.parent_goal_id).toBeNull();
    expect((await ada.client.call(routes.listGoals)).items).toEqual([]);
    const seen = tasks.find(({ id }) => id === calling.task.id);
    await ada.client.call(routes.changeTask, { params: { id: calling.task.id }, version: seen?.version ?? 0, body: { priority: 5 } });
    const undone = await ada.client.call(routes.undoPlan, path);
    expect([undone.status, undone.kept]).toEqual(['undone', [{ kind: 'task', id: calling.task.id, because: 'changed', fields: ['priority'] }]]);
    expect((await ada.client.call(routes.listTasks)).items.map(({ title }) => title)).toEqual(['Call my mother and my aunt']);
  });

  it('changes nothing when it is turned down', async () => {
    const ada = await cautious();
    const plan = await proposalOf(ada, SENTENCE);
    expect((await ada.client.call(routes.rejectPlan, { params: { id: plan.id } })).status).toBe('rejected');
    expect(await statusOf(ada.client.call(routes.acceptPlan, { params: { id: plan.id } }))).toBe(409);
    expect((await ada.client.call(routes.listTasks)).items).toEqual([]);
  });

  it('remembers when it is accepted and forgets when it is asked to, and takes each back when it is undone', async () => {
    const ada = await cautious();
    const wish = await proposalOf(ada, 'Remember that my sister is called Ann');
    expect(wish.changes).toMatchObject([{ op: 'remember', memory: { text: expect.stringContaining('my sister is called Ann') } }]);
    const id = wish.changes[0]?.op === 'remember' ? wish.changes[0].memory.id : '';
    const isRemembered = async () => (await ada.client.call(routes.listMemories)).items.some((memory) => memory.id === id);
    const becomes = (state: boolean) => waitFor(async () => ((await isRemembered()) === state ? true : undefined), { what: `the memory to be ${state ? 'there' : 'gone'}`, timeoutMs: 30_000 });
    expect(await isRemembered()).toBe(false);
    await ada.client.call(routes.acceptPlan, { params: { id: wish.id } });
    await becomes(true);
    const forgetting = await proposalOf(ada, 'Forget that my sister is called Ann');
    expect(forgetting.changes).toEqual([{ op: 'forget', memory_id: id }]);
    await ada.client.call(routes.acceptPlan, { params: { id: forgetting.id } });
    await becomes(false);
    await ada.client.call(routes.undoPlan, { params: { id: forgetting.id } });
    await becomes(true);
    await ada.client.call(routes.undoPlan, { params: { id: wish.id } });
    await becomes(false);
  }, 180_000);
});
