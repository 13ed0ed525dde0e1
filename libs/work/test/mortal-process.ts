import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A runner in a process of its own, and the lines that it has said. */
export interface MortalProcess {
  readonly said: string[];
  readonly child: ChildProcess;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

export function mortalProcess(...args: readonly string[]): MortalProcess {
  const flags = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../../../tools/run/typescript-hooks.mjs')];
  const child = spawn(process.execPath, [...flags, here('mortal-runner.ts'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  child.stdout.on('data', (text: Buffer) => said.push(...text.toString().trim().split('\n')));
  const dead = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await dead;
  };
  return { said, child, kill };
}
