import pg from 'pg';
import type { Logger } from '@selfos/observability';
import { migrateService } from '@selfos/persistence';
import { Consumer, type Settled } from '../consumer.js';
import { DEFAULT_POLICY, type DeliveryPolicy } from '../delivery.js';
import { EventBus, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { Wake } from '../wake.js';
import { BUS_MIGRATIONS } from './bus-schema.js';
import { BusStore, type Claimed } from './bus-store.js';
import { Listener } from './listener.js';

export interface PostgresEventBusOptions {
  /** Administrator's URL of the PostgreSQL server; the bus makes its own database `bus` there and works as the role `bus_app`. */
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly policy?: DeliveryPolicy;
  /** Connections for claims and publishing, beside the one that listens. */
  readonly poolSize?: number;
  /** How long events stay that every group has settled, for groups to come; 7 days when absent. */
  readonly keptMs?: number;
  /** How long the server may say nothing until its connection counts as lost; 10 s. */
  readonly silenceMs?: number;
}

const WEEK_MS = 7 * 86_400_000;
const TRIM_EVERY_MS = 60_000;
const STATEMENT_MS = 5_000;
/** Few enough for the time limit of one statement. */
const TRIMMED_AT_ONCE = 1_000;

/** How soon to look again when a running transaction still hides events. */
const HIDDEN_POLL_MS = 20;
const ORPHAN_SWEEP_MS = 5_000;
const GOODBYE_MS = 2_000;
/** Longer than any statement may take. */
const SILENCE_MS = 10_000;

/** The connections, once the database is there. */
interface Opened {
  readonly pool: pg.Pool;
  readonly store: BusStore;
  readonly listener: Listener;
}

interface Run {
  readonly opened: Opened;
  readonly interest: Interest;
  readonly wake: Wake;
  readonly consumer: Consumer<Claimed>;
  closed: boolean;
  sweptAt: number;
}

/** The bus as a log in PostgreSQL: no other part to install, and good for some thousand events a second. */
export class PostgresEventBus extends EventBus {
  private readonly logger: Logger;
  private readonly policy: DeliveryPolicy;
  private readonly subscriptions = new Set<Subscription>();
  private opening: Promise<Opened> | undefined;
  private closing: Promise<void> | undefined;
  private trimmer: NodeJS.Timeout | undefined;

  constructor(private readonly options: PostgresEventBusOptions) {
    super();
    this.logger = options.logger;
    this.policy = options.policy ?? DEFAULT_POLICY;
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    if (events.length > 0) await (await this.opened()).store.append(events);
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    const opened = await this.opened();
    await opened.listener.start();
    await opened.listener.standFor(interest.group);
    await opened.store.openCursors(interest.group, interest.types);
    const consumer = new Consumer<Claimed>({ interest, policy: this.policy, logger: this.logger, settle: (settled) => settle(opened.store, interest.group, settled) });
    const run: Run = { opened, interest, wake: new Wake(), consumer, closed: false, sweptAt: 0 };
    opened.listener.add(run.wake);
    const pump = this.pump(run);
    const subscription: Subscription = {
      close: async () => {
        run.closed = true;
        run.wake.call();
        this.subscriptions.delete(subscription);
        const left = [...(await consumer.close())];
        await pump;
        left.push(...(await consumer.close()));
        opened.listener.remove(run.wake);
        await giveBack(opened.store, interest.group, left.map(({ place }) => place));
      },
    };
    this.subscriptions.add(subscription);
    this.trimmer ??= setInterval(() => void this.trim().catch(() => undefined), TRIM_EVERY_MS * (0.9 + Math.random() * 0.2)).unref();
    return subscription;
  }

  async deadLetters(group: string): Promise<readonly DeadLetter[]> {
    return (await this.opened()).store.deadLetters(group);
  }

  async replay(group: string, eventId: string): Promise<boolean> {
    return (await this.opened()).store.revive(group, eventId);
  }

  /** Removes what every group has settled and nobody needs any more; dead letters stay. Runs by itself each minute while something is subscribed. */
  async trim(): Promise<void> {
    const { store } = await this.opened();
    while ((await store.trim(this.options.keptMs ?? WEEK_MS, TRIMMED_AT_ONCE)) >= TRIMMED_AT_ONCE && this.closing === undefined);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    clearInterval(this.trimmer);
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    const opened = await this.opening?.catch(() => undefined);
    // a server that says nothing does not say goodbye either
    await Promise.race([opened?.listener.stop().then(() => opened.pool.end()), new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref())]);
  }

  /** A failed opening is tried again by the next caller. */
  private opened(): Promise<Opened> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  private async open(): Promise<Opened> {
    const { appUrl } = await migrateService({ name: 'bus', databaseUrl: this.options.databaseUrl, migrations: BUS_MIGRATIONS });
    const silenceMs = this.options.silenceMs ?? SILENCE_MS;
    // the time limit of the server does not reach us through a network that swallows what is sent
    const limits = { statement_timeout: STATEMENT_MS, query_timeout: silenceMs, connectionTimeoutMillis: silenceMs, keepAlive: true };
    const pool = new pg.Pool({ connectionString: appUrl, max: this.options.poolSize ?? 2, application_name: 'selfos bus', ...limits });
    pool.on('error', (error) => this.logger.warn('A connection of the event bus was lost', { error }));
    const store = new BusStore(pool);
    await store.resetAfterRestore();
    return { pool, store, listener: new Listener(appUrl, this.logger, silenceMs) };
  }

  private async pump(run: Run): Promise<void> {
    while (!run.closed) {
      await run.consumer.whenRoom();
      try {
        const claimed = await this.claim(run);
        run.consumer.offer(claimed.map((place) => ({ event: place.event, attempt: place.attempt, ...(place.waits > 0 ? { waits: place.waits } : {}), place, readAt: performance.now() })));
        if (claimed.length === 0) await run.wake.sleep(await this.pause(run));
      } catch (error) {
        this.logger.warn('The event bus cannot be read, trying again', { error, group: run.interest.group });
        await run.wake.sleep(this.policy.pollMs);
      }
    }
  }

  private async claim(run: Run): Promise<Claimed[]> {
    const { group, types } = run.interest;
    const most = run.consumer.room;
    if (run.closed || most === 0) return [];
    await this.sweep(run);
    const request = { group, types, leaseMs: this.policy.leaseMs, owner: run.opened.listener.processId };
    const due = await run.opened.store.claimDue({ ...request, most });
    if (due.length >= most) return due;
    return [...due, ...(await run.opened.store.claimFresh({ ...request, most: most - due.length }))];
  }

  private async sweep(run: Run): Promise<void> {
    if (Date.now() - run.sweptAt < ORPHAN_SWEEP_MS) return;
    run.sweptAt = Date.now();
    await run.opened.store.releaseOrphans(run.interest.group);
  }

  private async pause(run: Run): Promise<number> {
    const hidden = await run.opened.store.isBehind(run.interest.group, run.interest.types);
    return hidden ? HIDDEN_POLL_MS : this.policy.pollMs;
  }
}

async function settle(store: BusStore, group: string, settled: readonly Settled<Claimed>[]): Promise<void> {
  const done = settled.filter(({ outcome }) => outcome.kind === 'done');
  if (done.length > 0) await store.done(group, done.map(({ delivery }) => delivery.place.position));
  for (const { delivery, outcome } of settled) {
    if (outcome.kind === 'retry') await store.postpone(group, delivery.place, outcome);
    if (outcome.kind === 'wait') await store.wait(group, delivery.place, outcome);
    if (outcome.kind === 'dead') await store.bury(group, delivery.place, outcome.reason);
  }
}

/** When this fails, the leases run out. */
async function giveBack(store: BusStore, group: string, claimed: readonly Claimed[]): Promise<void> {
  if (claimed.length > 0) await store.giveBack(group, claimed).catch(() => undefined);
}
