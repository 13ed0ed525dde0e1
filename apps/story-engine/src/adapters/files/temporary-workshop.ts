import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Bench, Workshop } from '../../domain/ports/workshop.js';

const NAME = /^selfos-story-(\d+)-(\d*)/;

/**
 * Benches as folders below one folder of this process's own, mode 0700. At the start, folders of processes that are no longer alive are
 * removed; replicas that are alive keep theirs.
 */
export class TemporaryWorkshop extends Workshop {
  private constructor(private readonly root: string) {
    super();
  }

  static async start(parent: string = tmpdir()): Promise<TemporaryWorkshop> {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    await sweep(parent);
    return new TemporaryWorkshop(await mkdtemp(join(parent, `selfos-story-${process.pid}-${beginning()}-`)));
  }

  async open(storyId: string): Promise<Bench> {
    const folder = join(this.root, storyId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700, recursive: true });
    return { folder };
  }

  async close(storyId: string): Promise<void> {
    await rm(join(this.root, storyId), { recursive: true, force: true });
  }

  /** Called by Nest when the service stops. */
  async onApplicationShutdown(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid, began] = NAME.exec(name) ?? [];
    if (pid === undefined || (Number(pid) === process.pid ? began === beginning() : isAlive(Number(pid)))) continue;
    const path = join(parent, name);
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory() === true && info.uid === process.getuid?.()) await rm(path, { recursive: true, force: true });
  }
}

/** When this process began: in a container, the process before it had the same number. */
function beginning(): string {
  return String(Math.round(performance.timeOrigin));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
