import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { requireRealPart, startMongo } from '@selfos/testing';
import type { RunningJob } from '@selfos/work';
import { AnswerTooLate, MessageExists, MessageStoreUnavailable } from '../src/conversations/domain/conversation/conversation.errors.js';
import type { Question } from '../src/conversations/domain/conversation/conversation.js';
import { SweepTurnsJob } from '../src/conversations/jobs/sweep-turns-job.js';
import { freshPostgresBackend } from './fresh-postgres-backend.js';
import type { PostgresBackend } from './postgres-backend.js';
import { aQuestion, TurnDesk } from './turn-desk.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const FLAGS = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../../../tools/run/typescript-hooks.mjs')];

function orphans(mongoUrl: () => Promise<string | undefined>): void {
  /** `other` sees what has committed, also from within a turn of `desk`. */
  const at = {} as { backend: PostgresBackend; desk: TurnDesk; other: TurnDesk; mongoUrl: string | undefined };
  beforeAll(async () => {
    at.mongoUrl = await mongoUrl();
    at.backend = await freshPostgresBackend('backend_orphans', 'embedded');
    at.desk = new TurnDesk(at.backend, at.mongoUrl);
    at.other = new TurnDesk(at.backend, at.mongoUrl);
  });
  afterAll(async () => {
    await at.desk.close();
    await at.other.close();
    await at.backend.stop();
  });

  /** One sweep of everybody's overdue turns. */
  async function sweep(): Promise<unknown> {
    const job = new SweepTurnsJob(at.desk.overdue(), at.desk.settleTurn(), new MovableClock(), new Logger({ service: 'backend', level: 'CRITICAL' }));
    return job.steps[0]?.perform?.({ id: uuidv7(), signal: new AbortController().signal } as RunningJob);
  }

  async function killedAt(moment: string): Promise<{ userId: string; question: Question }> {
    const [userId, question] = [uuidv7(), aQuestion()];
    const args = [...FLAGS, here('mortal-speaker.ts'), at.backend.url, at.mongoUrl ?? '', userId, question.message_id, question.reply_id, moment];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    return { userId, question };
  }

  it.each([
    ['noted', { messages: 0, turn: false, notes: 1 }, { messages: 0, turn: false, notes: 0 }],
    ['stored', { messages: 2, turn: false, notes: 1 }, { messages: 0, turn: false, notes: 0 }],
    ['written', { messages: 2, turn: false, notes: 1 }, { messages: 0, turn: false, notes: 0 }],
    ['committed', { messages: 2, turn: true, notes: 1 }, { messages: 2, turn: true, notes: 0 }],
  ])('after SIGKILL with the turn just %s, the sweep leaves a whole turn or nothing, and it can be said again', async (moment, before, after) => {
    const { userId, question } = await killedAt(moment);
    expect(await at.desk.left(userId, question)).toEqual(before);
    await sweep();
    expect(await at.desk.left(userId, question)).toEqual(before);
    await at.desk.age(userId);
    expect(await sweep()).toEqual({ deleted: before.messages - after.messages, missing: 0, failed: 0 });
    expect(await at.desk.left(userId, question)).toEqual(after);
    const again = at.desk.say(userId, question);
    if (after.turn) await expect(again).rejects.toThrow(MessageExists);
    else expect((await again).reply_id).toBe(question.reply_id);
    expect(await at.desk.left(userId, question)).toMatchObject({ messages: 2, turn: true });
  });

  it('leaves a turn alone that commits while it is swept', async () => {
    const [userId, question] = [uuidv7(), aQuestion()];
    const seen: unknown[] = [];
    const written = async () => {
      seen.push(await at.other.settle(userId, question.message_id), await at.other.left(userId, question));
    };
    await at.desk.say(userId, question, { stored: () => at.desk.age(userId), written });
    expect(seen).toEqual([{ deleted: 0, missing: 0 }, { messages: 2, turn: false, notes: 1 }]);
    expect(await at.desk.settle(userId, question.message_id)).toEqual({ deleted: 0, missing: 0 });
    expect(await at.desk.left(userId, question)).toEqual({ messages: 2, turn: true, notes: 0 });
  });

  it('acknowledges no turn whose messages were swept before it committed', async () => {
    const [userId, question] = [uuidv7(), aQuestion()];
    const stored = async () => {
      await at.desk.age(userId);
      expect(await at.desk.settle(userId, question.message_id)).toEqual({ deleted: 2, missing: 0 });
    };
    await expect(at.desk.say(userId, question, { stored })).rejects.toThrow(AnswerTooLate);
    expect(await at.desk.left(userId, question)).toEqual({ messages: 0, turn: false, notes: 1 });
  });

  it('settles many turns and sweeps at once without losing an acknowledged word', async () => {
    const userId = uuidv7();
    const said = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const question = aQuestion();
        const stored = () => at.desk.age(userId);
        const [outcome] = await Promise.allSettled([at.desk.say(userId, question, { stored }), at.desk.settle(userId, question.message_id), sweep()]);
        return { question, kept: outcome.status === 'fulfilled' };
      }),
    );
    await at.desk.age(userId);
    await sweep();
    for (const { question, kept } of said) expect(await at.desk.left(userId, question)).toEqual({ messages: kept ? 2 : 0, turn: kept, notes: 0 });
  });

  it('writes nothing under an id whose messages are just being deleted', async () => {
    const [userId, question] = [uuidv7(), aQuestion()];
    await expect(at.desk.say(userId, question, { stored: () => Promise.reject(new Error('cut off')) })).rejects.toThrow('cut off');
    await at.desk.sql(userId, 'UPDATE begun_turns SET forgotten = true WHERE user_id = $1', [userId]);
    await expect(at.desk.say(userId, question)).rejects.toThrow(MessageStoreUnavailable);
    await at.desk.settle(userId, question.message_id);
    expect((await at.desk.say(userId, question)).reply_id).toBe(question.reply_id);
  });

  it('deletes the answers of earlier attempts, and keeps that of the turn', async () => {
    const [userId, question] = [uuidv7(), aQuestion()];
    const first = { ...question, reply_id: uuidv7() };
    await expect(at.desk.say(userId, first, { stored: () => Promise.reject(new Error('cut off')) })).rejects.toThrow('cut off');
    await at.desk.say(userId, question);
    await at.desk.age(userId);
    expect(await at.desk.settle(userId, question.message_id)).toEqual({ deleted: 1, missing: 0 });
    expect([await at.desk.left(userId, question), (await at.desk.left(userId, first)).messages]).toEqual([{ messages: 2, turn: true, notes: 0 }, 1]);
  });

  it('reports a turn whose messages the store has lost', async () => {
    const [userId, question] = [uuidv7(), aQuestion()];
    await at.desk.say(userId, question);
    await at.desk.lose(userId, question.reply_id);
    await at.desk.age(userId);
    expect(await at.desk.settle(userId, question.message_id)).toEqual({ deleted: 0, missing: 1 });
  });
}

requireRealPart('postgres')('messages without a turn, on PostgreSQL alone', () => orphans(() => Promise.resolve(undefined)));
requireRealPart('postgres', 'mongo')('messages without a turn, in a MongoDB-compatible server', () => orphans(() => startMongo()));
