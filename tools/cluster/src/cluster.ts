import { SERVICES, type ServiceName } from '@selfos/contracts';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Replica } from './replica.ts';
import { RoundRobin } from './round-robin.ts';

export interface ClusterSettings {
  /** Administrator's URL; each service makes its own database beside it. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Of each service; 2. */
  readonly replicas?: number;
  /** Where the public proxy listens; a free port by default. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Cluster {
  /** Where clients go: the proxy before the gateways. */
  readonly url: string;
  readonly home: string;
  stop(): Promise<void>;
}

const READY_MS = 180_000;

/** Every service as separate processes on Redis, several replicas of each behind a round-robin. */
export async function startCluster(settings: ClusterSettings): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'selfos-cluster-'));
  mkdirSync(join(home, 'logs'));
  const replicasEach = settings.replicas ?? 2;
  const upstreams = new Map<ServiceName, number[]>();
  for (const service of SERVICES) upstreams.set(service, await freePorts(replicasEach));
  const proxies = SERVICES.map((service) => new RoundRobin(upstreams.get(service) ?? []));
  const entrances = await Promise.all(proxies.map((proxy, index) => proxy.listen(SERVICES[index] === 'gateway' ? settings.port : 0)));
  const urls = new Map(SERVICES.map((service, index) => [service, `http://127.0.0.1:${entrances[index] ?? 0}`]));
  const env = {
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    SELFOS_HOME: home,
    SERVICE_URLS: [...urls].map(([service, url]) => `${service}=${url}`).join(','),
    PUBLIC_URL: urls.get('gateway') ?? '',
    LOG_LEVEL: 'INFO',
    ...settings.env,
  };
  const replicas: Replica[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    rmSync(home, { recursive: true, force: true });
  };
  try {
    for (const service of SERVICES) {
      const started = (upstreams.get(service) ?? []).map((port, index) => new Replica({ service, port, logFile: join(home, 'logs', `${service}-${index + 1}.log`), env }));
      replicas.push(...started);
    }
    await Promise.all(replicas.map((replica) => replica.ready(READY_MS)));
    return { url: urls.get('gateway') ?? '', home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
