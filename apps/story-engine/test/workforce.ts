import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { Point } from './mortality.js';
import type { World } from './world.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const FLAGS = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../../../tools/run/typescript-hooks.mjs')];
const SMALL = { STORY_WIDE_SIZE: '160x100', STORY_TALL_SIZE: '360x640', STORY_X264_PRESET: 'ultrafast', STORY_RENDER_THREADS: '1', STORY_VOICE: '0' };

interface Worker {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Processes of the story service over one database: two that wait for work, and the next ones coming up behind them. */
export class Workforce {
  private readonly ready = new Set<Worker>();
  private readonly coming = new Set<Promise<void>>();
  private readonly alive = new Set<ChildProcess>();
  private readonly graves: ChildProcess[] = [];
  private point: Point | undefined;
  private onDeath: (() => void) | undefined;
  deaths = 0;

  constructor(
    private readonly world: World,
    private readonly databaseUrl: string,
    private readonly sql: pg.Client,
  ) {}

  /** Resolves when `count` workers wait for work. */
  async muster(count = 2): Promise<void> {
    while (this.ready.size + this.coming.size < count) this.recruit();
    while (this.ready.size < count) await Promise.race(this.coming);
    const [first] = this.ready;
    this.world.directory.set('story-engine', first?.url ?? '');
  }

  /**
   * Whoever comes to a point dies there, one worker for each; the points come in the order of the states. Resolves when all know;
   * `fulfilled` when the last has died and its lease has run out.
   */
  async doom(points: readonly Point[]): Promise<{ fulfilled: Promise<void> }> {
    await this.muster();
    await this.tell(points[0]);
    return { fulfilled: this.watch(points) };
  }

  /** Resolves when whoever was called after the last death is there. */
  async settle(): Promise<void> {
    await Promise.all(this.coming);
  }

  async dismiss(): Promise<void> {
    await Promise.allSettled(this.coming);
    for (const child of this.alive) child.kill('SIGKILL');
  }

  private async watch(points: readonly Point[]): Promise<void> {
    for (const [at, point] of points.entries()) {
      await withinTime(this.oneDies(), `a worker to die in ${point.state} ${point.moment}`);
      // Whoever takes over knows of the next point before it may.
      await this.tell(points[at + 1]);
      this.recruit();
      await this.sql.query("UPDATE work_due SET lease_until = 'epoch' WHERE held");
    }
    await this.muster(1);
  }

  private async oneDies(): Promise<void> {
    while (this.graves.length === 0) {
      await new Promise<void>((resolve) => {
        this.onDeath = resolve;
      });
    }
    const dead = this.graves.shift();
    if (dead?.signalCode !== 'SIGKILL') throw new Error(`A worker ended by itself: ${String(dead?.exitCode)}`);
    this.deaths += 1;
  }

  private async tell(point: Point | undefined): Promise<void> {
    this.point = point;
    const heard = [...this.ready].map(({ child }) => said(child, (word) => word === 'heard'));
    for (const child of this.alive) child.send(point ?? {});
    await withinTime(Promise.all(heard), 'the workers to hear');
  }

  private recruit(): void {
    const arriving: Promise<void> = this.start().finally(() => this.coming.delete(arriving));
    this.coming.add(arriving);
  }

  private async start(): Promise<void> {
    const { world } = this;
    const others = ['auth', 'ai-engine'].map((name) => `${name}=${world.directory.originOf(name as 'auth')}`).join(',');
    const env = {
      ...SMALL, PATH: process.env['PATH'], SELFOS_HOME: world.home, PORT: '0', DATABASE_URL: this.databaseUrl, SERVICE_URLS: others,
      STORY_TEMPORARY: join(world.home, 'tmp'), LOG_LEVEL: 'ERROR',
    };
    const child = spawn(process.execPath, [...FLAGS, here('mortal-worker.ts')], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
    this.alive.add(child);
    child.send(this.point ?? {});
    const worker = { child, url: '' };
    child.once('exit', () => this.bury(worker));
    const url = said(child, (word) => typeof word === 'object');
    Object.assign(worker, await withinTime(url, 'a worker to start'));
    if (this.alive.has(child)) this.ready.add(worker);
  }

  private bury(worker: Worker): void {
    this.alive.delete(worker.child);
    this.ready.delete(worker);
    this.graves.push(worker.child);
    this.onDeath?.();
  }
}

/** Resolves with the first message of a child that is the one waited for. */
function said(child: ChildProcess, isIt: (word: unknown) => boolean): Promise<object> {
  return new Promise((resolve) => {
    const settle = (word: object): void => {
      child.off('message', hear).off('exit', leave);
      resolve(word);
    };
    const hear = (word: unknown): void => {
      if (isIt(word)) settle(word as object);
    };
    const leave = (): void => settle({});
    child.on('message', hear).on('exit', leave);
  });
}

const PATIENCE_MS = 180_000;

async function withinTime<T>(what: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited in vain for ${name}`)), PATIENCE_MS);
  });
  return Promise.race([what, late]).finally(() => clearTimeout(timer));
}
