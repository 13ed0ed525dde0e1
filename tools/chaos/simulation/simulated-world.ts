import { AsyncLocalStorage } from 'node:async_hooks';
import { EventRunner, InMemoryEventBus, type BusEvent, type Subscription } from '@selfos/event-bus';
import { MovableClock } from '@selfos/kernel';
import { Logger, Tracer } from '@selfos/observability';
import { InMemoryJobs, InMemoryWork, InMemoryWorkStore, InMemoryWorkTransaction, JobHandler, WorkRunner, type JobStep } from '@selfos/work';
import { POLICY, TYPE } from '../world.js';
import { MemoryStore, SimulatedBatches, SimulatedOnce, SimulatedProcess, SimulatedTransaction } from './memory-store.js';

interface Consumer {
  readonly process: SimulatedProcess;
  readonly subscription: Subscription;
}

const KIND = 'simulated.job';
const logger = new Logger({ service: 'simulation', level: 'CRITICAL' });
const uuid = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const nap = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What jobs do inside a transaction is there exactly if the transaction ends well. */
class EffectTransaction extends InMemoryWorkTransaction {
  private readonly pending = new AsyncLocalStorage<string[]>();

  constructor(
    jobs: InMemoryJobs,
    private readonly effects: string[],
  ) {
    super(jobs);
  }

  leave(effect: string): void {
    this.pending.getStore()?.push(effect);
  }

  override async run<T>(work: () => Promise<T>): Promise<T> {
    const pending: string[] = [];
    const result = await this.pending.run(pending, () => super.run(work));
    this.effects.push(...pending);
    return result;
  }
}

/** Outbox, once, bus and work as they are, over a store, a clock and processes that are made up. */
export class SimulatedWorld {
  readonly store = new MemoryStore();
  readonly jobs = new InMemoryJobs();
  readonly clock = new MovableClock();
  readonly jobEffects: string[] = [];
  readonly cancelled = new Set<string>();
  failures = 0;
  private readonly bus = new InMemoryEventBus({ ...POLICY, maxAttempts: 50, firstPauseMs: 1 }, logger);
  private readonly versions = new Map<string, number>();
  private readonly work = new InMemoryWork(this.jobs);
  private readonly consumers: Consumer[] = [];
  private readonly runners: WorkRunner[] = [];
  private written = 0;
  private booked = 0;

  get bookedKeys(): string[] {
    return Array.from({ length: this.booked }, (_, n) => `job ${n}`);
  }

  /** State and event in one transaction, which may be undone. */
  async write(goalNumber: number, undone: boolean): Promise<void> {
    const goal = uuid(goalNumber);
    const version = (this.versions.get(goal) ?? 0) + 1;
    this.written += 1;
    const id = uuid(1_000_000 + this.written);
    await this.store.transact(new SimulatedProcess(), async () => {
      this.store.write(() => {
        this.versions.set(goal, version);
        this.store.outbox.push({ id, goal, version, published: false });
      });
      if (undone) throw new Error('changed my mind');
    }).catch(() => undefined);
  }

  /** One batch of a relay, which may die between the bus and its mark. */
  async relay(dies: boolean): Promise<void> {
    const rows = this.store.outbox.filter(({ published }) => !published).slice(0, 7);
    await this.bus.publish(rows.map(eventOf));
    if (!dies) for (const row of rows) row.published = true;
  }

  /** The bus is as if it had been restarted: everything is told again, under other deliveries. */
  async deliverAgain(): Promise<void> {
    const consumer = this.consumers.at(-1);
    if (consumer === undefined) return;
    const handler = this.handlerOf(consumer.process);
    await Promise.all(this.store.outbox.filter(({ published }) => published).map((row) => handler(eventOf(row)).catch(() => undefined)));
  }

  async startConsumer(): Promise<void> {
    const process = new SimulatedProcess();
    const runner = this.runnerOf(process);
    const handle = this.effectOf(process);
    const subscription = await this.bus.subscribe({
      group: 'notify',
      types: [TYPE],
      handler: (event) => runner.run(event, handle),
      batchHandler: (events, signal) => runner.runTogether(events, handle, signal),
    });
    this.consumers.push({ process, subscription });
  }

  killConsumer(): void {
    const consumer = this.consumers.shift();
    if (consumer === undefined) return;
    consumer.process.die();
    this.store.drop(consumer.process);
    void consumer.subscription.close();
  }

  async book(delayMs: number): Promise<void> {
    const key = `job ${this.booked}`;
    this.booked += 1;
    await this.work.enqueue({ kind: KIND, key, runAt: new Date(this.clock.nowMs() + delayMs) });
  }

  async cancel(n: number): Promise<void> {
    const key = `job ${n % Math.max(1, this.booked)}`;
    if (await this.work.cancel(KIND, key)) this.cancelled.add(key);
  }

  async startRunner(): Promise<void> {
    const transaction = new EffectTransaction(this.jobs, this.jobEffects);
    const mayFail = () => this.mayFail();
    class Handler extends JobHandler {
      readonly kind = KIND;
      readonly steps: readonly JobStep[] = [
        { name: 'one', perform: async () => { await nap(3); mayFail(); return 1; } },
        { name: 'two', commit: async (job) => { mayFail(); transaction.leave(job.key); } },
      ];
    }
    const options = { leaseMs: 200, pollMs: 50, backoff: { baseMs: 1, capMs: 5 }, graceMs: 0, maxAbandoned: 1_000 };
    const runner = new WorkRunner({ store: new InMemoryWorkStore(this.jobs), transaction, clock: this.clock, logger }, [new Handler()], options);
    this.runners.push(runner);
    await runner.start();
  }

  /** Its jobs are given back or lose their leases; what they had not committed is undone. */
  stopRunner(): void {
    void this.runners.shift()?.stop();
  }

  /** No more harm: everything that was begun comes to its end. */
  async heal(tick: (ms: number) => Promise<void>): Promise<void> {
    this.failures = 0;
    await this.startConsumer();
    await this.startRunner();
    for (let round = 0; round < 400 && !this.isSettled(); round += 1) {
      await this.relay(false);
      await tick(100);
    }
    while (this.consumers.length > 0) this.killConsumer();
    while (this.runners.length > 0) this.stopRunner();
    await tick(500);
  }

  private isSettled(): boolean {
    const open = this.jobs.all().some(({ state }) => state === 'booked' || state === 'waiting' || state === 'running');
    return !open && this.store.outbox.every(({ id, published }) => published && this.store.effects.includes(id));
  }

  private handlerOf(process: SimulatedProcess): (event: BusEvent) => Promise<void> {
    const runner = this.runnerOf(process);
    return (event) => runner.run(event, this.effectOf(process));
  }

  private runnerOf(process: SimulatedProcess): EventRunner {
    const parts = { transaction: new SimulatedTransaction(this.store, process), batches: new SimulatedBatches(this.store, process), once: new SimulatedOnce(this.store) };
    return new EventRunner({ consumer: 'notify', ...parts, tracer: new Tracer({ service: 'notify' }) });
  }

  private effectOf(process: SimulatedProcess) {
    return async (event: { id: string; data: Record<string, unknown> }) => {
      const [goal, version] = [String(event.data['id']), Number(event.data['version'])];
      this.store.write(() => {
        this.store.effects.push(event.id);
        if ((this.store.projection.get(goal) ?? 0) < version) this.store.projection.set(goal, version);
      });
      await nap(2);
      if (!process.alive) await new Promise(() => undefined);
      this.mayFail();
    };
  }

  private mayFail(): void {
    if (this.failures <= 0) return;
    this.failures -= 1;
    throw new Error('simulated');
  }
}

function eventOf(row: { readonly id: string; readonly goal: string; readonly version: number }): BusEvent {
  const event = {
    specversion: '1.0', id: row.id, source: '/backend', type: TYPE, time: '2026-11-22T08:30:00.000Z', datacontenttype: 'application/json',
    userid: row.goal, aggregateid: row.goal, seq: row.version, dataversion: 1, data: { id: row.goal, version: row.version },
  };
  return event;
}
