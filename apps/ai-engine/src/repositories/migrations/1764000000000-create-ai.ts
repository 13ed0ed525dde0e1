import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** What models were used for whom, and how often each task was done. */
export class CreateAi1764000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE usage_ledger (
        answer_id uuid NOT NULL,
        user_id uuid NOT NULL,
        operation text NOT NULL CHECK (operation IN ('plan', 'narrative')),
        model text NOT NULL,
        template_id text NOT NULL,
        template_version int NOT NULL CHECK (template_version > 0),
        input_tokens int NOT NULL CHECK (input_tokens >= 0),
        output_tokens int NOT NULL CHECK (output_tokens >= 0),
        at timestamptz NOT NULL,
        PRIMARY KEY (user_id, answer_id)
      )`);
    await runner.query('CREATE INDEX usage_ledger_by_time ON usage_ledger (user_id, at DESC)');
    await runner.query(`
      CREATE TABLE task_completions (
        user_id uuid NOT NULL,
        task_id uuid NOT NULL,
        local_date date NOT NULL,
        PRIMARY KEY (user_id, task_id, local_date)
      )`);
    for (const table of ['usage_ledger', 'task_completions']) await userOwnedTable(runner, table);
  }
}
