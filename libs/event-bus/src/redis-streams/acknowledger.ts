import type { Redis } from 'ioredis';

/** Gathers what is acknowledged within one turn of the event loop into one XACK for each stream. */
export class Acknowledger {
  private waiting = new Map<string, string[]>();
  private flush: Promise<void> | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly group: string,
  ) {}

  /** Resolves when Redis has it. */
  acknowledge(key: string, id: string): Promise<void> {
    const ids = this.waiting.get(key) ?? [];
    ids.push(id);
    this.waiting.set(key, ids);
    this.flush ??= new Promise((resolve, reject) => setImmediate(() => void this.send().then(resolve, reject)));
    return this.flush;
  }

  private async send(): Promise<void> {
    const batch = this.waiting;
    this.waiting = new Map();
    this.flush = undefined;
    await Promise.all([...batch].map(([key, ids]) => this.redis.xack(key, this.group, ...ids)));
  }
}
