import { SERVICES, type ServiceName } from '@selfos/contracts';
import { freePorts } from '@selfos/testing/servers';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASK_MS, Balancer } from './balancer.ts';
import { type Kill, LostAnswers } from './lost-answers.ts';
import { Replica } from './replica.ts';

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

/** How one replica was restarted. */
export interface Restart {
  readonly service: string;
  /** Exit code of the process that was asked to end by SIGTERM. */
  readonly exitCode: number | null;
  readonly stopMs: number;
  readonly startMs: number;
}

export interface Cluster {
  /** Where clients go: the proxy before the gateways. */
  readonly url: string;
  readonly home: string;
  /** SIGTERM, wait, start, wait until ready: one replica after the other, `each` of every service (all of them by default). */
  rollingRestart(each?: number): Promise<Restart[]>;
  stop(): Promise<void>;
}

const READY_MS = 180_000;
/** Longer than it takes a balancer to notice. */
const NOTICE_MS = 1_500;

/** Every service as separate processes on Redis, several replicas of each behind a balancer. */
export async function startCluster(settings: ClusterSettings): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'selfos-cluster-'));
  mkdirSync(join(home, 'logs'));
  const each = settings.replicas ?? 2;
  const drawn = await freePorts(SERVICES.length * each);
  const ports = new Map(SERVICES.map((service, index) => [service, drawn.slice(index * each, (index + 1) * each)]));
  const replicas: Replica[] = [];
  const losses = new LostAnswers(executioner(replicas));
  const balancers = SERVICES.map((service) => new Balancer(ports.get(service) ?? [], service === 'gateway' ? losses.atTheEdge() : losses.before(service)));
  const entrances = await Promise.all(balancers.map((balancer, index) => balancer.listen(SERVICES[index] === 'gateway' ? settings.port : 0)));
  const urls = new Map(SERVICES.map((service, index) => [service, `http://127.0.0.1:${entrances[index] ?? 0}`]));
  const env = environment(settings, home, urls);
  const stop = async (): Promise<void> => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await Promise.all(balancers.map((balancer) => balancer.close()));
    rmSync(home, { recursive: true, force: true });
  };
  try {
    for (const service of SERVICES) {
      replicas.push(...(ports.get(service) ?? []).map((port, index) => new Replica({ service, port, logFile: join(home, 'logs', `${service}-${index + 1}.log`), env })));
    }
    await Promise.all(replicas.map((replica) => replica.ready(READY_MS)));
    for (const balancer of balancers) balancer.watchReadiness();
    return { url: urls.get('gateway') ?? '', home, rollingRestart: (each) => restartAll(replicas, each), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(settings: ClusterSettings, home: string, urls: ReadonlyMap<ServiceName, string>): Record<string, string> {
  return {
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    SELFOS_HOME: home,
    SERVICE_URLS: [...urls].map(([service, url]) => `${service}=${url}`).join(','),
    PUBLIC_URL: urls.get('gateway') ?? '',
    LOG_LEVEL: 'INFO',
    SHUTDOWN_NOTICE_MS: String(NOTICE_MS),
    // Live answers are told to connect again at once, so that it happens.
    SHUTDOWN_STREAMS_MS: '0',
    ...settings.env,
  };
}

async function restartAll(replicas: readonly Replica[], each = Number.POSITIVE_INFINITY): Promise<Restart[]> {
  const restarts: Restart[] = [];
  for (const service of SERVICES) {
    for (const replica of replicas.filter((one) => one.service === service).slice(0, each)) {
      const { code, ms } = await replica.stop();
      const began = performance.now();
      replica.startBehind();
      await replica.ready(READY_MS);
      restarts.push({ service, exitCode: code, stopMs: ms, startMs: Math.round(performance.now() - began) });
      // The balancers get the time to notice.
      await new Promise((resolve) => setTimeout(resolve, 2 * ASK_MS));
    }
  }
  return restarts;
}

/** Kills replicas while others of their service go on; each is started again at once. Two kills of one service wait for each other. */
function executioner(replicas: readonly Replica[]): Kill {
  const turns = new Map<string, Promise<void>>();
  return (service, port) => {
    const victim = replicas.find((replica) => replica.service === service && replica.port === port);
    if (victim === undefined) throw new Error(`there is no ${service} on port ${port}`);
    const turn = (turns.get(service) ?? Promise.resolve()).then(async () => {
      await Promise.all(replicas.filter((replica) => replica.service === service).map((replica) => replica.ready(READY_MS)));
      await victim.stop('SIGKILL');
      victim.start();
    });
    turns.set(service, turn);
    return turn;
  };
}
