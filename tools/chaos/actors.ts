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
    child.once('exit', (code) => code !== 0 && code !== null && this.crashed.push(name));
  }

  names(role: string): string[] {
    return [...this.running.keys()].filter((name) => name.startsWith(role));
  }

  kill(name: string): void {
    this.running.get(name)?.kill('SIGKILL');
    if (!this.ended) setTimeout(() => !this.ended && this.isDead(name) && this.start(name), 100);
  }

  /** One that was killed twice in a moment comes back once. */
  private isDead(name: string): boolean {
    const child = this.running.get(name);
    return child === undefined || child.exitCode !== null || child.signalCode !== null;
  }

  /** Producers finish what they write and leave. */
  async endProducers(): Promise<void> {
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
