import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** People bring the ids of their tasks: one id may be of two people's tasks. */
export class OwnTasks1764000000001 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE followed_tasks DROP CONSTRAINT followed_tasks_pkey, ADD PRIMARY KEY (user_id, task_id)');
    await runner.query('ALTER TABLE task_occurrences DROP CONSTRAINT task_occurrences_pkey, ADD PRIMARY KEY (user_id, task_id, local_date)');
  }
}
