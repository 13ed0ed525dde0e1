import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const STOP_MS = 60_000;

export interface ReplicaSettings {
  readonly service: string;
  readonly port: number;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly ms: number;
}

/** One service as a process of its own, `node apps/<service>/dist/main.js`, that can be ended and started again on its port. */
export class Replica {
  private readonly settings: ReplicaSettings;
  private child: ChildProcess;

  constructor(settings: ReplicaSettings) {
    this.settings = settings;
    this.child = this.spawned();
  }

  get service(): string {
    return this.settings.service;
  }

  get port(): number {
    return this.settings.port;
  }

  /** Starts it again after it has ended. */
  start(): void {
    this.child = this.spawned();
  }

  /** Starts it again behind those that serve, until it is ready: on a machine of its own it would take no processor from them. */
  startBehind(): void {
    this.start();
    this.yields(constants.priority.PRIORITY_BELOW_NORMAL);
  }

  /** Resolves when it answers /ready; rejects with the end of its log when it ends before. */
  async ready(timeoutMs: number): Promise<void> {
    const until = Date.now() + timeoutMs;
    while ((await answersReady(this.settings.port)) !== true) {
      if (this.ended || Date.now() > until) throw new Error(`${this.settings.service} is not ready:\n${this.lastWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    this.yields(constants.priority.PRIORITY_NORMAL);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    const began = performance.now();
    if (this.ended) return { code: this.child.exitCode, ms: 0 };
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    const impatient = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(impatient);
    return { code: this.child.exitCode, ms: Math.round(performance.now() - began) };
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Linux gives priorities to threads. Who may not give them goes on without. */
  private yields(priority: number): void {
    try {
      for (const thread of readdirSync(`/proc/${this.child.pid}/task`)) setPriority(Number(thread), priority);
    } catch {
      // no Linux, no right to, or gone already
    }
  }

  private spawned(): ChildProcess {
    const { service, port, logFile, env: given } = this.settings;
    const log = openSync(logFile, 'a', 0o600);
    const env = { PATH: process.env['PATH'] ?? '', ...given, HOST: '127.0.0.1', PORT: String(port) };
    const child = spawn(process.execPath, ['--enable-source-maps', `${ROOT}apps/${service}/dist/main.js`], { cwd: ROOT, env, stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  }

  private lastWords(): string {
    return readFileSync(this.settings.logFile, 'utf8').slice(-3000);
  }
}

/** Whether whoever listens there wants requests; undefined when it does not say in time. */
export async function answersReady(port: number): Promise<boolean | undefined> {
  try {
    const answer = await request(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(2_000) });
    await answer.body.dump();
    return answer.statusCode === 200;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError' ? undefined : false;
  }
}
