import { events } from '@selfos/contracts';
import { SystemClock, uuidv7 } from '@selfos/kernel';
import { currentContext, Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { DatabaseContext, ForwardMigration, grantTable, openDatabase, TypeormBatchTransaction, TypeormOnce, TypeormOutbox, TypeormTransaction, userOwnedTable, WorkerDatabase, workerSeesAll } from '@selfos/persistence';
import { DEFAULT_POLICY, EventPublisher, EventRunner, PostgresEventBus, RedisStreamsEventBus, type DeliveryPolicy, type EventBus } from '@selfos/event-bus';
import type { QueryRunner } from 'typeorm';

export interface Addresses {
  readonly databaseUrl: string;
  /** Given: the bus is Redis Streams. Else it is the log in PostgreSQL. */
  readonly redisUrl?: string | undefined;
}

/** What the producers do: every change of a goal is a row here, and an event. */
class CreateHistory1763000009000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE written (id uuid PRIMARY KEY, event_id uuid, goal uuid NOT NULL, version int NOT NULL)');
    await runner.query('CREATE TABLE effects (event_id uuid NOT NULL, user_id uuid NOT NULL, n bigint GENERATED ALWAYS AS IDENTITY)');
    await runner.query('CREATE TABLE projection (goal uuid PRIMARY KEY, version int NOT NULL)');
    await userOwnedTable(runner, 'effects');
    await workerSeesAll(runner, 'effects');
    await grantTable(runner, 'effects', { worker: ['select'] });
    for (const table of ['written', 'projection']) await grantTable(runner, table, { app: ['select', 'insert', 'update'], worker: ['select'] });
  }
}

/** Deaths are noticed soon, and five attempts take a moment. */
export const POLICY: DeliveryPolicy = { ...DEFAULT_POLICY, firstPauseMs: 5, pollMs: 100, leaseMs: 2_000, longestPauseMs: 1_000, handlerDeadlineMs: 1_500, batchDeadlineMs: 1_000 };
export const GROUP = 'notify';
export const TYPE = events.goalDeleted.type;
/** Handlers refuse these for ever. */
export const isPoison = (version: number) => version === 13;

function openBus({ databaseUrl, redisUrl }: Addresses, logger: Logger): EventBus {
  return redisUrl === undefined ? new PostgresEventBus({ databaseUrl, logger, policy: POLICY }) : new RedisStreamsEventBus({ url: redisUrl, logger, policy: POLICY });
}

/** Everything one process needs, through whatever addresses it is given. */
export async function openWorld(addresses: Addresses) {
  const { databaseUrl } = addresses;
  const logger = new Logger({ service: 'chaos', level: 'CRITICAL' });
  const open = await openDatabase({ name: 'chaos', databaseUrl, rows: [], migrations: [CreateHistory1763000009000] });
  const database = new DatabaseContext();
  const user = () => currentContext()?.userId;
  const transaction = new TypeormTransaction(open.app, database, user);
  const batches = new TypeormBatchTransaction(open.app, database, user);
  const once = new TypeormOnce(database);
  const worker = new WorkerDatabase(open.worker, open.address.workerUrl);
  const bus = openBus(addresses, logger);
  const publisher = new EventPublisher(new TypeormOutbox(database), new SystemClock(), 'backend');
  const runner = new EventRunner({ consumer: GROUP, transaction, batches, once, tracer: new Tracer({ service: GROUP }) });
  return { open, database, transaction, worker, bus, publisher, runner, logger };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Writes a change and its event, once however often it is tried. */
export async function writeChange(world: World, change: { readonly id: string; readonly goal: string; readonly version: number }): Promise<void> {
  await runInContext(rootContext({ kind: 'request', id: uuidv7() }, { userId: change.goal }), () =>
    world.transaction.run(async () => {
      const manager = world.database.manager();
      const fresh: unknown[] = await manager.query('INSERT INTO written (id, goal, version) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1', [change.id, change.goal, change.version]);
      if (fresh.length === 0) return;
      const eventId = await world.publisher.publish(events.goalDeleted, { aggregateId: change.goal, data: { id: change.goal, version: change.version } });
      await manager.query('UPDATE written SET event_id = $1 WHERE id = $2', [eventId, change.id]);
    }),
  );
}
