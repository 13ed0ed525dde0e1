import type { FaultProxy, RestartableRedis, RestartableServer } from '@selfos/testing/servers';
import type { Actors } from './actors.js';
import type { Random } from './random.js';

export interface Battlefield {
  readonly actors: Actors;
  /** Absent where the bus is the log in PostgreSQL. */
  readonly redis?: RestartableRedis | undefined;
  readonly postgres: RestartableServer;
  /** What lies between the processes and the servers. */
  readonly nets: readonly FaultProxy[];
}

type Act = readonly [string, () => Promise<void>];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Does harm in an order that a seed decides, each act once before any comes again: every act is told, and over when it returns. */
export class Nemesis {
  kills = 0;
  readonly told: string[] = [];
  private left: Act[] = [];
  private rounds = 0;

  constructor(
    private readonly field: Battlefield,
    private readonly random: Random,
  ) {}

  /** Whether each act was done at least once. */
  get hasDoneEverything(): boolean {
    return this.rounds > 1 || (this.rounds === 1 && this.left.length === 0);
  }

  async act(): Promise<void> {
    if (this.left.length === 0) {
      this.left = this.acts();
      this.rounds += 1;
    }
    const next = this.random.pick(this.left);
    this.left = this.left.filter((act) => act !== next);
    const [what, harm] = next;
    this.told.push(what);
    await harm();
    await pause(this.random.between(50, 400));
  }

  private acts(): Act[] {
    const { actors, redis, postgres } = this.field;
    return [
      ['kill a consumer', async () => this.killOne('consumer')],
      ['kill a consumer', async () => this.killOne('consumer')],
      ['kill a relay', async () => this.killOne('relay')],
      ['kill a producer', async () => this.killOne('producer')],
      ...(redis === undefined ? [] : this.actsOnRedis(redis)),
      ['kill PostgreSQL', async () => this.counted(postgres.restart())],
      ['kill everything that consumes and relays', async () => {
        for (const name of [...actors.names('consumer'), ...actors.names('relay')]) this.kill(name);
      }],
      ['cut the network', async () => this.net().cut()],
      ['cut the network for a while', async () => this.disturb((net) => net.cut(true))],
      ['slow the network', async () => this.disturb((net) => net.slow(this.random.between(5, 60)))],
      ['swallow what is sent', async () => this.disturb((net) => net.blackHole())],
    ];
  }

  private actsOnRedis(redis: RestartableRedis): Act[] {
    return [
      ['kill Redis', async () => this.counted(redis.restart())],
      ['kill Redis, which forgets everything', async () => this.counted(wipe(redis))],
    ];
  }

  private killOne(role: string): void {
    this.kill(this.random.pick(this.field.actors.names(role)));
  }

  private kill(name: string): void {
    this.kills += 1;
    this.field.actors.kill(name);
  }

  private counted(harm: Promise<void>): Promise<void> {
    this.kills += 1;
    return harm;
  }

  private net(): FaultProxy {
    return this.random.pick(this.field.nets);
  }

  private async disturb(harm: (net: FaultProxy) => void): Promise<void> {
    const net = this.net();
    harm(net);
    await pause(this.random.between(100, 500));
    net.heal();
  }
}

async function wipe(redis: RestartableRedis): Promise<void> {
  redis.kill();
  await pause(50);
  redis.forget();
  await redis.start();
}
