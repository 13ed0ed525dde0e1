import { currentContext, rootContext, runInContext } from '@selfos/observability';
import { closeDatabase, DatabaseContext, InMemoryOutbox, openDatabase, TypeormTransaction, type OpenDatabase, type Outbox } from '@selfos/persistence';
import { DataSource } from 'typeorm';
import { TypeormGoalRepository } from '../src/goals/repositories/typeorm/typeorm-goal-repository.js';
import { GoalRow } from '../src/goals/repositories/typeorm/goal.row.js';
import { TypeormPersonRepository } from '../src/people/repositories/typeorm/typeorm-person-repository.js';
import { PlanRow } from '../src/plans/repositories/typeorm/plan.row.js';
import { TypeormPlanRepository } from '../src/plans/repositories/typeorm/typeorm-plan-repository.js';
import { CreateBackend1763900000000 } from '../src/repositories/migrations/1763900000000-create-backend.js';
import { TypeormSettingsRepository } from '../src/settings/repositories/typeorm/typeorm-settings-repository.js';
import { OccurrenceRow } from '../src/tasks/repositories/typeorm/occurrence.row.js';
import { TaskRow } from '../src/tasks/repositories/typeorm/task.row.js';
import { TypeormOccurrenceRepository } from '../src/tasks/repositories/typeorm/typeorm-occurrence-repository.js';
import { TypeormTaskRepository } from '../src/tasks/repositories/typeorm/typeorm-task-repository.js';
import { domainOver } from './in-memory-backend.js';

const ROWS = { rows: [TaskRow, OccurrenceRow, GoalRow, PlanRow], migrations: [CreateBackend1763900000000] };

/** The domain over a database in PostgreSQL; only the outbox stays in memory. */
export class PostgresBackend {
  private constructor(
    readonly url: string,
    readonly open: OpenDatabase,
    private readonly afterwards: () => Promise<void>,
  ) {}

  /** In the server's database of this URL; `afterwards` is done when it is closed. */
  static async join(url: string, afterwards: () => Promise<void> = () => Promise.resolve()): Promise<PostgresBackend> {
    return new PostgresBackend(url, await openDatabase({ name: 'backend', databaseUrl: url, ...ROWS }), afterwards);
  }

  /** One statement as the owner of the tables. */
  async asOwner(sql: string): Promise<void> {
    const url = new URL(this.url);
    url.pathname = new URL(this.open.address.appUrl).pathname;
    const owner = await new DataSource({ type: 'postgres', url: url.href }).initialize();
    try {
      await owner.query(sql);
    } finally {
      await owner.destroy();
    }
  }

  async stop(): Promise<void> {
    await closeDatabase(this.open);
    await this.afterwards();
  }

  domain(outbox: Outbox = new InMemoryOutbox()) {
    const context = new DatabaseContext();
    const transaction = new TypeormTransaction(this.open.app, context, () => currentContext()?.userId);
    const stores = {
      persons: new TypeormPersonRepository(context), tasks: new TypeormTaskRepository(context), occurrences: new TypeormOccurrenceRepository(context), goals: new TypeormGoalRepository(context),
      plans: new TypeormPlanRepository(context), settingsRows: new TypeormSettingsRepository(context),
    };
    return { ...domainOver(stores, transaction, outbox), context };
  }
}

/** Runs `work` as a person. */
export function as<T>(userId: string, work: () => Promise<T>): Promise<T> {
  return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId }), work);
}
