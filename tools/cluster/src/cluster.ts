import { SERVICES } from '@selfos/contracts';
import { freePorts } from '@selfos/testing/servers';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASK_MS } from './balancer.ts';
import { type Doors, haproxyDoors, ownDoors } from './doors.ts';
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
  /**
   * What stands before each service: `own` balancers, which can lose answers, or HAProxy, which costs little and comes with settings
   * for many people; `own`.
   */
  readonly balancing?: Balancing;
  readonly env?: Readonly<Record<string, string>>;
}

export type Balancing = 'own' | 'haproxy';

/** How a rolling restart goes on. */
export interface RestartPlan {
  /** Replicas of each service that are restarted; all of them by default. */
  readonly each?: number | undefined;
  /** Between a replica that is ready again and the next to stop, milliseconds: what an orchestrator calls minReadySeconds. */
  readonly restMs?: number | undefined;
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
  /** SIGTERM, wait, start, wait until ready: one replica after the other. */
  rollingRestart(plan?: RestartPlan): Promise<Restart[]>;
  stop(): Promise<void>;
}

const READY_MS = 180_000;
/** What production has and a laptop has not: connections for all who come, and the refusal of more than can be done. */
const FOR_MANY = { DATABASE_POOL_SIZE: '40', SHED_LOOP_DELAY_MS: '150' };

/** Every service as separate processes on Redis, several replicas of each behind a balancer. */
export async function startCluster(settings: ClusterSettings): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'selfos-cluster-'));
  mkdirSync(join(home, 'logs'));
  const each = settings.replicas ?? 2;
  const drawn = await freePorts(SERVICES.length * each);
  const ports = new Map(SERVICES.map((service, index) => [service, drawn.slice(index * each, (index + 1) * each)]));
  const replicas: Replica[] = [];
  const executioner = new Executioner(replicas);
  const doors = settings.balancing === 'haproxy' ? await haproxyDoors(ports, settings.port) : await ownDoors(ports, new LostAnswers(executioner.kill), settings.port);
  const env = environment(settings, home, doors);
  const stop = async (): Promise<void> => {
    await executioner.rest();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await doors.close();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    for (const service of SERVICES) {
      replicas.push(...(ports.get(service) ?? []).map((port, index) => new Replica({ service, port, logFile: join(home, 'logs', `${service}-${index + 1}.log`), env })));
    }
    await Promise.all(replicas.map((replica) => replica.ready(READY_MS)));
    doors.watchReadiness();
    return { url: doors.urls.get('gateway') ?? '', home, rollingRestart: (plan) => restartAll(replicas, plan), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(settings: ClusterSettings, home: string, { urls, noticeMs }: Doors): Record<string, string> {
  return {
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    SELFOS_HOME: home,
    SERVICE_URLS: [...urls].map(([service, url]) => `${service}=${url}`).join(','),
    PUBLIC_URL: urls.get('gateway') ?? '',
    LOG_LEVEL: 'INFO',
    SHUTDOWN_NOTICE_MS: String(noticeMs),
    // Live answers are told to connect again at once, so that it happens.
    SHUTDOWN_STREAMS_MS: '0',
    ...(settings.balancing === 'haproxy' ? FOR_MANY : {}),
    ...settings.env,
  };
}

async function restartAll(replicas: readonly Replica[], { each = Number.POSITIVE_INFINITY, restMs = 2 * ASK_MS }: RestartPlan = {}): Promise<Restart[]> {
  const restarts: Restart[] = [];
  for (const replica of inRounds(replicas, each)) {
    const { code, ms } = await replica.stop();
    const began = performance.now();
    replica.startBehind();
    await replica.ready(READY_MS);
    restarts.push({ service: replica.service, exitCode: code, stopMs: ms, startMs: Math.round(performance.now() - began) });
    // The balancers get the time to notice.
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  return restarts;
}

/** One of every service, then the next of every service: the first has long been at work when the second goes. */
function inRounds(replicas: readonly Replica[], each: number): Replica[] {
  const round = (replica: Replica): number => replicas.filter(({ service }) => service === replica.service).indexOf(replica);
  return replicas.filter((replica) => round(replica) < each).toSorted((a, b) => round(a) - round(b));
}

/** Kills replicas while others of their service go on; each is started again at once. Two kills of one service wait for each other. */
class Executioner {
  private readonly turns = new Map<string, Promise<void>>();
  private readonly replicas: readonly Replica[];

  constructor(replicas: readonly Replica[]) {
    this.replicas = replicas;
  }

  readonly kill: Kill = (service, port) => {
    const ofService = this.replicas.filter((replica) => replica.service === service);
    const victim = ofService.find((replica) => replica.port === port);
    if (victim === undefined) throw new Error(`there is no ${service} on port ${port}`);
    const turn = (this.turns.get(service) ?? Promise.resolve()).then(async () => {
      await Promise.all(ofService.map((replica) => replica.ready(READY_MS)));
      await victim.stop('SIGKILL');
      victim.start();
    });
    this.turns.set(service, turn);
    return turn;
  };

  /** Resolves when every kill that was asked for is done: whoever waited for one may have been answered by the other replica meanwhile. */
  async rest(): Promise<void> {
    await Promise.allSettled(this.turns.values());
  }
}
