import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Every call of a model: entered as `reserved` with what it may use, then with what it used, as counted by its maker or by us. */
export class CreateModelCalls1764000000003 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE model_calls (
        user_id uuid NOT NULL,
        call_id uuid NOT NULL,
        model text NOT NULL,
        operation text NOT NULL,
        state text NOT NULL CHECK (state IN ('reserved', 'measured', 'estimated')),
        input_tokens int NOT NULL CHECK (input_tokens >= 0),
        output_tokens int NOT NULL CHECK (output_tokens >= 0),
        at timestamptz NOT NULL,
        PRIMARY KEY (user_id, call_id)
      )`);
    await runner.query('CREATE INDEX model_calls_by_time ON model_calls (user_id, at DESC)');
    await userOwnedTable(runner, 'model_calls');
  }
}
