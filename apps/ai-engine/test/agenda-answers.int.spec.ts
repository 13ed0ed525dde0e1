import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Inner, type Plain, routes } from '@selfos/contracts';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { Metrics } from '@selfos/observability';
import { requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { AiEngineBed } from './ai-engine-bed.js';
import { claudeWire, lines, ProviderServer } from './provider-server.js';

type Asked = Plain<typeof routes.answerMessage.body>;
type Answered = Plain<typeof routes.answerMessage.response>;

const SECRET = 'xylophone';
const [WALK, RENT, GOAL] = [uuidv7(), uuidv7(), uuidv7()];
const TASK: Asked['agenda']['tasks'][number] = {
  id: WALK, title: 'Morning walk', life_areas: ['health'], priority: 3, recurring_pattern: 'FREQ=DAILY', recurrence: 'daily', start_date: '2026-03-01', scheduled_time: '07:00', duration_minutes: 20,
  due_date: null, parent_goal_id: GOAL, overdue: false, next: ['2026-03-05', '2026-03-06'], done: ['2026-03-03', '2026-03-04'],
};
const AGENDA: Asked['agenda'] = {
  tasks: [TASK, { ...TASK, id: RENT, title: 'Pay the rent', life_areas: ['finance'], recurring_pattern: null, recurrence: null, scheduled_time: '18:00', duration_minutes: 5, parent_goal_id: null, next: ['2026-03-05'], done: [] }],
  goals: [{ id: GOAL, title: 'Walk 300 km', life_areas: ['health'], target_date: '2026-12-31', progress: 0.2, status: 'active' }], more_tasks: 0, more_goals: 0,
};

requireRealPart('postgres')('ai-engine, told what a person has before them', () => {
  const server = new ProviderServer();
  let bed: AiEngineBed;
  let provided: AiEngineBed;
  beforeAll(async () => {
    server.reply = lines(claudeWire, claudeWire.whole(`I would rather talk about the ${SECRET}.`));
    bed = await AiEngineBed.start();
    provided = await AiEngineBed.start({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: await server.start() });
  });
  afterAll(async () => {
    await bed.stop();
    await provided.stop();
    await server.stop();
  });

  async function ask(of: AiEngineBed, userId: Uuid, message: string): Promise<Answered> {
    const asked: Asked = {
      message_id: uuidv7(), conversation_id: uuidv7(), reply_id: uuidv7(), message, timezone: 'Europe/Paris', now: '2026-03-04T08:00:00.000Z', history: [], agenda: AGENDA,
      settings: { privacy_mode: 'off', model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } },
    };
    const body = await of.sealer.seal(routes.answerMessage.body, userId, asked);
    const answer = await of.actingFor(userId, () => of.client('backend').call(routes.answerMessage, { body }));
    return of.sealer.open(routes.answerMessage.response, userId, answer as Inner<typeof routes.answerMessage.response>);
  }

  async function faultsOf(userId: Uuid): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: `${provided.database.url}_ai` });
    await client.connect();
    try {
      return (await client.query('SELECT operation, template_id, template_version, model, fault FROM answer_faults WHERE user_id = $1', [userId])).rows;
    } finally {
      await client.end();
    }
  }

  it('answers from it with the records cited', async () => {
    const answer = await ask(bed, uuidv7(), 'What do I have tomorrow?');
    expect(answer.ai_response).toBe('Tomorrow: 2 things, 25 minutes in all.\n• Morning walk: tomorrow at 07:00, 20 minutes.\n• Pay the rent: tomorrow at 18:00, 5 minutes.');
    expect(answer.cites).toEqual([{ kind: 'task', id: WALK }, { kind: 'task', id: RENT }]);
    expect(answer).toMatchObject({ changes: [], needs_confirmation: false, template: { id: 'converse.agenda', version: 1 } });
  });

  it('changes what is in it', async () => {
    const ada = uuidv7();
    expect((await ask(bed, ada, 'move the rent to Friday at 8 pm')).changes).toEqual([{ op: 'update_task', task_id: RENT, set: { start_date: '2026-03-06', scheduled_time: '20:00' } }]);
    expect((await ask(bed, ada, 'Cancel my walk')).changes).toEqual([{ op: 'cancel_task', task_id: WALK }]);
    expect((await ask(bed, ada, 'I paid the rent')).changes).toEqual([{ op: 'complete_task', task_id: RENT, local_date: '2026-03-04' }]);
    expect((await ask(bed, ada, 'My walking goal is at 40 %')).changes).toEqual([{ op: 'update_goal', goal_id: GOAL, set: { progress: 0.4 } }]);
    expect((await ask(bed, ada, 'Remember that my sister is called Ann')).changes).toMatchObject([{ op: 'remember', memory: { type: 'preference', text: 'my sister is called Ann' } }]);
  });

  it('keeps that a model gave no usable answer: which, how often, and not a word of it', async () => {
    const ada = uuidv7();
    const answer = await ask(provided, ada, `Play the ${SECRET} every day`);
    expect(answer.model).toBe('selfos-builtin');
    expect(answer.ai_response).toContain('built-in planner answered');
    const rows = await faultsOf(ada);
    expect(rows).toEqual([{ operation: 'plan', template_id: 'converse.plan', template_version: 2, model: 'anthropic/claude-opus-5-5', fault: 'unusable' }]);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(await provided.engine.app.get(Metrics).render()).toMatch(/ai_answer_faults_total\{[^}]*fault="unusable"[^}]*\} 1/);
  });
});
