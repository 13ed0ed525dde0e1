import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** The inbox, and what is followed to know when to remind: tasks, their occurrences, people's zones. */
export class CreateNotify1764000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('reminder', 'story_generated', 'goal_achieved')),
        subject text NOT NULL,
        title jsonb,
        task_id uuid,
        story_id uuid,
        goal_id uuid,
        local_date date,
        due_at timestamptz,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        UNIQUE (user_id, subject)
      )`);
    await runner.query('CREATE INDEX notifications_newest ON notifications (user_id, id DESC)');
    await runner.query('CREATE INDEX notifications_unread ON notifications (user_id, id DESC) WHERE read_at IS NULL');
    await runner.query(`
      CREATE TABLE followed_tasks (
        task_id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        seq bigint NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'closed', 'deleted')),
        title jsonb,
        start_date date NOT NULL,
        rrule text,
        wall_time text,
        timezone text NOT NULL,
        due_date timestamptz,
        booked_for date
      )`);
    await runner.query(`
      CREATE TABLE task_occurrences (
        task_id uuid NOT NULL,
        local_date date NOT NULL,
        user_id uuid NOT NULL,
        seq bigint NOT NULL,
        done boolean NOT NULL,
        PRIMARY KEY (task_id, local_date)
      )`);
    await runner.query('CREATE TABLE people (user_id uuid PRIMARY KEY, timezone text NOT NULL, seq bigint NOT NULL)');
    for (const table of ['notifications', 'followed_tasks', 'task_occurrences', 'people']) await userOwnedTable(runner, table);
  }
}
