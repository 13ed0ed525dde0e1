import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import { Today } from '../src/schedule/domain/today.js';
import { anEnvelope } from './builders.js';
import { freshPostgresBackend } from './fresh-postgres-backend.js';
import { as, type PostgresBackend } from './postgres-backend.js';

interface Statement {
  readonly query: string;
  readonly parameters: unknown[];
}

const TASK = 'user_id, id, title, life_areas, priority, energy_required, duration_minutes, recurring_pattern, start_date, timezone, attachments, status, created_at, updated_at, version';
const task = (rule: string, start: string) => `SELECT $1, gen_random_uuid(), $2::jsonb, '{health}', 1 + n % 5, 3, 30, ${rule}, ${start}, 'UTC', '{}', 'open', now(), now(), 1 FROM generate_series(1, $3) n`;

for (const [part, version] of [['postgres', 'embedded'], ['postgres-15', '15']] as const) {
  requireRealPart(part)(`a person with 10,000 open tasks on PostgreSQL ${version}`, () => {
    const at = { userId: uuidv7() } as { userId: string; backend: PostgresBackend; domain: ReturnType<PostgresBackend['domain']> };

    const query = (userId: string, text: string, parameters: unknown[]) => as(userId, () => at.domain.transaction.run(() => at.domain.context.manager().query<unknown[]>(text, parameters)));
    async function populate(userId: string): Promise<void> {
      const title = JSON.stringify(anEnvelope('tasks.task.title'));
      await query(userId, `INSERT INTO tasks (${TASK}) ${task('NULL', "date '2026-11-22' - (n % 700)")}`, [userId, title, 7_000]);
      await query(userId, `INSERT INTO tasks (${TASK}) ${task('NULL', "date '2026-11-23' + (n % 20)")}`, [userId, title, 2_000]);
      await query(userId, `INSERT INTO tasks (${TASK}) ${task("'FREQ=DAILY'", "date '2026-11-23' - (n % 50)")}`, [userId, title, 1_000]);
      await query(
        userId,
        `INSERT INTO occurrences (user_id, id, task_id, local_date, status, completed_at, minutes, version)
         SELECT user_id, gen_random_uuid(), id, date '2026-11-23' - d, 'completed', now(), 30, 1 FROM tasks, generate_series(0, 9) d WHERE user_id = $1 AND recurring_pattern IS NOT NULL`,
        [userId],
      );
    }

    async function aim(userId: string): Promise<void> {
      const title = JSON.stringify(anEnvelope('goals.goal.title'));
      await query(
        userId,
        `INSERT INTO goals (user_id, id, title, vision, life_areas, target_date, milestones, success_metrics, inspiration_media, status, progress, created_at, updated_at, version)
         SELECT $1, gen_random_uuid(), $2::jsonb, $2::jsonb, '{health}', date '2027-01-01' + n, '[]', $2::jsonb, '{}', 'active', 0, now(), now(), 1 FROM generate_series(1, $3) n`,
        [userId, title, 500],
      );
    }

    beforeAll(async () => {
      at.backend = await freshPostgresBackend('backend_bounds', version);
      at.domain = at.backend.domain();
      for (const userId of [at.userId, uuidv7()]) {
        await as(userId, () => at.domain.transaction.run(() => at.domain.persons.learn(userId, { timezone: 'UTC', seq: 1 })));
        await populate(userId);
      }
      for (const userId of [at.userId, ...Array.from({ length: 20 }, () => uuidv7())]) await aim(userId);
      await at.backend.asOwner('ANALYZE');
    }, 120_000);
    afterAll(() => at.backend.stop());

    /** What a piece of work asks of the database. */
    async function statementsOf<T>(work: () => Promise<T>): Promise<{ result: T; reads: Statement[] }> {
      const reads: Statement[] = [];
      const { logger } = at.backend.open.app;
      const logQuery = (text: string, parameters: unknown[] = []) => void (/^SELECT/i.test(text) && !text.includes('set_config') ? reads.push({ query: text, parameters }) : 0);
      Object.assign(at.backend.open.app, { logger: Object.assign(Object.create(logger) as object, { logQuery }) });
      try {
        return { result: await as(at.userId, work), reads };
      } finally {
        Object.assign(at.backend.open.app, { logger });
      }
    }

    async function expectIndexed(reads: readonly Statement[]): Promise<void> {
      for (const { query: text, parameters } of reads) {
        const plan = JSON.stringify(await query(at.userId, `EXPLAIN (FORMAT JSON) ${text}`, parameters));
        expect([text, /"Node Type":"Seq Scan"[^}]*"Relation Name":"(tasks|goals|occurrences)"/.test(plan)]).toEqual([text, false]);
      }
    }

    it('has a bounded today, read by indexes in a fixed number of statements', async () => {
      const { persons: _, ...domain } = at.domain;
      const today = new Today(domain.tasks, domain.occurrences, domain.people, domain.transaction, domain.clock);
      const { result, reads } = await statementsOf(() => today.execute(at.userId));
      expect([result.items.length, reads.length]).toEqual([200, 7]);
      expect(result.items.every(({ overdue }) => !overdue)).toBe(true);
      expect(result.more).toBeGreaterThan(7_000);
      await expectIndexed(reads);
    });

    it('has a bounded agenda for whoever answers, read the same way', async () => {
      const { result, reads } = await statementsOf(() => at.domain.outlook.of(at.userId, 'UTC'));
      expect([result.tasks.length, result.more_tasks, result.goals.length, result.more_goals, reads.length]).toEqual([100, 9_900, 50, 450, 7]);
      expect(JSON.stringify(result).length).toBeLessThan(150_000);
      await expectIndexed(reads);
    });
  });
}
