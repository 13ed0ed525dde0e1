import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, Workshop } from '../../domain/ports/workshop.js';

/** Benches as folders of mode 0700 below one of our own; all of them are removed when the process starts. */
export class TemporaryWorkshop extends Workshop {
  private constructor(private readonly root: string) {
    super();
  }

  static async start(root: string): Promise<TemporaryWorkshop> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    for (const name of await readdir(root)) await rm(join(root, name), { recursive: true, force: true });
    return new TemporaryWorkshop(root);
  }

  async open(storyId: string): Promise<Bench> {
    const folder = join(this.root, storyId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    return { folder };
  }

  async close(storyId: string): Promise<void> {
    await rm(join(this.root, storyId), { recursive: true, force: true });
  }
}
