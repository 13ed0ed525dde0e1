import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface ReplicaSettings {
  readonly service: string;
  readonly port: number;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One service as a process of its own: `node apps/<service>/dist/main.js`. */
export class Replica {
  private readonly child: ChildProcess;
  private readonly settings: ReplicaSettings;

  constructor(settings: ReplicaSettings) {
    this.settings = settings;
    const log = openSync(settings.logFile, 'a', 0o600);
    const env = { PATH: process.env['PATH'] ?? '', ...settings.env, HOST: '127.0.0.1', PORT: String(settings.port) };
    this.child = spawn(process.execPath, ['--enable-source-maps', `${ROOT}apps/${settings.service}/dist/main.js`], { cwd: ROOT, env, stdio: ['ignore', log, log] });
    closeSync(log);
  }

  /** Resolves when it answers /ready; rejects with the end of its log when it ends before. */
  async ready(timeoutMs: number): Promise<void> {
    const until = Date.now() + timeoutMs;
    while (!(await answersReady(this.settings.port))) {
      if (this.child.exitCode !== null || this.child.signalCode !== null || Date.now() > until) throw new Error(`${this.settings.service} is not ready:\n${this.lastWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    const impatient = setTimeout(() => this.child.kill('SIGKILL'), 30_000);
    await gone;
    clearTimeout(impatient);
  }

  private lastWords(): string {
    return readFileSync(this.settings.logFile, 'utf8').slice(-3000);
  }
}

async function answersReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
  return answer?.ok === true;
}
