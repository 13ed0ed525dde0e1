import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Addresses } from './world.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const FLAGS = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../run/typescript-hooks.mjs')];

/** The processes of a run: each can be killed, and comes back. */
export class Actors {
  readonly acknowledged = new Set<string>();
  /** Those that ended though nobody killed them. */
  readonly crashed: string[] = [];
  private readonly running = new Map<string, ChildProcess>();
  private ended = false;
  private written = false;

  constructor(private readonly addresses: Addresses) {}

  start(name: string): void {
    const role = name.replace(/\d+$/, '');
    const child = spawn(process.execPath, [...FLAGS, here('actor.ts'), JSON.stringify({ ...this.addresses, role })], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.running.set(name, child);
    let rest = '';
    child.stdout.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.acknowledged.add(line);
    });
    child.stdin.on('error', () => undefined);
    child.once('exit', (code, signal) => this.left(name, code, signal));
  }

  names(role: string): string[] {
    return [...this.running.keys()].filter((name) => name.startsWith(role));
  }

  kill(name: string): void {
    this.running.get(name)?.kill('SIGKILL');
  }

  /** Who was killed comes back, however long the machine takes to bury it. */
  private left(name: string, code: number | null, signal: string | null): void {
    if (signal === null && code !== 0) this.crashed.push(name);
    if (signal !== null) setTimeout(() => !this.ended && !(this.written && name.startsWith('producer')) && this.start(name), 100);
  }

  /** Producers finish what they write and leave. */
  async endProducers(): Promise<void> {
    this.written = true;
    const producers = this.names('producer').flatMap((name) => this.running.get(name) ?? []);
    await Promise.all(producers.map((child) => new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve(undefined);
      child.once('exit', resolve);
      child.stdin?.write('end\n');
    })));
  }

  endAll(): void {
    this.ended = true;
    for (const child of this.running.values()) child.kill('SIGKILL');
  }
}
