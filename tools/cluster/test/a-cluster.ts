import { databaseFor, startRedis } from '@selfos/testing';
import { startCluster, type Balancing, type Restart, type RestartPlan } from '../src/cluster.ts';

/** Every service as processes of its own, two of each. */
export interface ACluster {
  readonly url: string;
  readonly databaseUrl: string;
  rollingRestart(plan: RestartPlan): Promise<Restart[]>;
  leave(): Promise<void>;
}

/** The cluster that the tests were started on, or one of their own; one behind HAProxy is always their own. */
export async function aCluster(balancing: Balancing = 'own'): Promise<ACluster> {
  const { SELFOS_E2E_URL: url, SELFOS_E2E_DATABASE_URL: databaseUrl, SELFOS_E2E_HELM: helm } = process.env;
  if (url === undefined || databaseUrl === undefined || helm === undefined || balancing !== 'own') return ownCluster(balancing);
  const rollingRestart = async ({ each }: RestartPlan): Promise<Restart[]> => {
    const answer = await fetch(`${helm}/rolling-restart${each === undefined ? '' : `?each=${String(each)}`}`, { method: 'POST' });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Restart[];
  };
  return { url, databaseUrl, rollingRestart, leave: () => Promise.resolve() };
}

async function ownCluster(balancing: Balancing): Promise<ACluster> {
  const database = await databaseFor('cluster');
  const cluster = await startCluster({ databaseUrl: database.url, redisUrl: await startRedis(), balancing });
  const leave = async (): Promise<void> => {
    await cluster.stop();
    await database.drop();
  };
  return { url: cluster.url, databaseUrl: database.url, rollingRestart: (plan) => cluster.rollingRestart(plan), leave };
}
