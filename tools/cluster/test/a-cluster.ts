import { databaseFor, startRedis } from '@selfos/testing';
import { startCluster, type Restart } from '../src/cluster.ts';

/** Every service as processes of its own, two of each. */
export interface ACluster {
  readonly url: string;
  readonly databaseUrl: string;
  rollingRestart(each: number): Promise<Restart[]>;
  leave(): Promise<void>;
}

/** The cluster that the tests were started on, or one of their own. */
export async function aCluster(): Promise<ACluster> {
  const { SELFOS_E2E_URL: url, SELFOS_E2E_DATABASE_URL: databaseUrl, SELFOS_E2E_HELM: helm } = process.env;
  if (url === undefined || databaseUrl === undefined || helm === undefined) return ownCluster();
  const rollingRestart = async (each: number): Promise<Restart[]> => {
    const answer = await fetch(`${helm}/rolling-restart?each=${String(each)}`, { method: 'POST' });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Restart[];
  };
  return { url, databaseUrl, rollingRestart, leave: () => Promise.resolve() };
}

async function ownCluster(): Promise<ACluster> {
  const database = await databaseFor('cluster');
  const cluster = await startCluster({ databaseUrl: database.url, redisUrl: await startRedis() });
  const leave = async (): Promise<void> => {
    await cluster.stop();
    await database.drop();
  };
  return { url: cluster.url, databaseUrl: database.url, rollingRestart: (each) => cluster.rollingRestart(each), leave };
}
