import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { closeDatabase, openDatabase, type OpenDatabase } from '@selfos/persistence';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import { CreateBackend1763900000000 } from '../src/repositories/migrations/1763900000000-create-backend.js';
import { ADA, anEnvelope, BOB } from './builders.js';

for (const [part, version] of [['postgres', 'embedded'], ['postgres-15', '15']] as const) {
  requireRealPart(part)(`the backend's tables on PostgreSQL ${version}`, () => {
    const at: { database?: TestDatabase; open?: OpenDatabase } = {};
    const [goal, task] = [uuidv7(), uuidv7()];
    /** One statement as the app role, for a person or for nobody. */
    const sql = async (userId: string | undefined, text: string, parameters: unknown[] = []): Promise<unknown> => {
      const runner = at.open?.app.createQueryRunner();
      try {
        await runner?.startTransaction();
        if (userId !== undefined) await runner?.query("SELECT set_config('app.user_id', $1, true)", [userId]);
        const answer: unknown = await runner?.query(text, parameters);
        await runner?.commitTransaction();
        return answer;
      } catch (error) {
        await runner?.rollbackTransaction();
        throw error;
      } finally {
        await runner?.release();
      }
    };
    const sealed = (ctx: string) => JSON.stringify(anEnvelope(ctx));

    beforeAll(async () => {
      at.database = await databaseFor('backend_checks', version);
      at.open = await openDatabase({ name: 'backend', databaseUrl: at.database.url, rows: [], migrations: [CreateBackend1763900000000] });
      await sql(
        ADA,
        `INSERT INTO goals (user_id, id, title, vision, life_areas, target_date, milestones, success_metrics, inspiration_media, status, progress, created_at, updated_at, version)
         VALUES ($1, $2, $3, $3, '{health}', '2027-01-01', '[]', $3, '{}', 'active', 0, now(), now(), 1)`,
        [ADA, goal, sealed('goals.goal.title')],
      );
      await sql(
        ADA,
        `INSERT INTO tasks (user_id, id, title, life_areas, priority, energy_required, duration_minutes, recurring_pattern, start_date, scheduled_time, timezone, attachments, parent_goal_id, status, created_at, updated_at, version)
         VALUES ($1, $2, $3, '{health}', 3, 3, 30, 'FREQ=WEEKLY;BYDAY=TU,TH', '2026-11-23', '07:00', 'UTC', '{}', $4, 'open', now(), now(), 1)`,
        [ADA, task, sealed('tasks.task.title'), goal],
      );
    });
    afterAll(async () => {
      if (at.open !== undefined) await closeDatabase(at.open);
      await at.database?.drop();
    });

    it.each([
      'priority = 0', 'priority = 6', 'energy_required = 0', 'energy_required = 6', 'duration_minutes = 0', 'duration_minutes = 1441', `life_areas = '{}'`, `life_areas = '{luck}'`, `status = 'lost'`,
      `recurring_pattern = 'whenever'`, `recurring_pattern = 'FREQ=HOURLY'`, `scheduled_time = '24:00'`, `title = '"words"'`, `title = '{"text": "words"}'`, `description = '"words"'`, 'version = 0', `timezone = ''`,
    ])('refuse a task with %s', async (wrong) => {
      await expect(sql(ADA, `UPDATE tasks SET ${wrong}`)).rejects.toThrow(/check constraint/);
    });

    it.each(['progress = 1.1', 'progress = -0.1', `status = 'maybe'`, `status = 'achieved'`, `milestones = '{}'`, `vision = '"words"'`])('refuse a goal with %s', async (wrong) => {
      await expect(sql(ADA, `UPDATE goals SET ${wrong}`)).rejects.toThrow(/check constraint/);
    });

    it('keep one occurrence for each task and date', async () => {
      const insert = `INSERT INTO occurrences (user_id, id, task_id, local_date, status, completed_at, minutes, version) VALUES ($1, $2, $3, '2026-11-23', 'completed', now(), $4, 1)`;
      await sql(ADA, insert, [ADA, uuidv7(), task, 30]);
      await expect(sql(ADA, insert, [ADA, uuidv7(), task, 30])).rejects.toThrow(/unique/);
      await expect(sql(ADA, insert, [ADA, uuidv7(), uuidv7(), 0])).rejects.toThrow(/check constraint/);
    });

    it('let a task go on without its goal', async () => {
      await sql(ADA, 'DELETE FROM goals');
      expect(await sql(ADA, 'SELECT parent_goal_id FROM tasks')).toEqual([{ parent_goal_id: null }]);
    });

    it('show a person their own rows, and nobody else any', async () => {
      expect(await sql(ADA, 'SELECT count(*)::int AS n FROM tasks')).toEqual([{ n: 1 }]);
      for (const other of [BOB, undefined]) {
        for (const table of ['people', 'goals', 'tasks', 'occurrences', 'plans', 'conversations', 'turns', 'messages', 'settings', 'begun_turns']) expect(await sql(other, `SELECT count(*)::int AS n FROM ${table}`)).toEqual([{ n: 0 }]);
      }
      await expect(sql(BOB, `INSERT INTO people (user_id, timezone, seq) VALUES ($1, 'UTC', 1)`, [ADA])).rejects.toThrow(/row-level security/);
    });
  });
}
