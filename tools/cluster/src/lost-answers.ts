import { createHash } from 'node:crypto';
import type { Onward, Watcher } from './balancer.ts';

/**
 * How an answer is lost, as the end of a request's `Idempotency-Key` asks for it:
 * `cut@client`: between gateway and client; `cut@service`: between the service and the gateway; `kill@gateway`: the gateway dies with
 * the service's answer in its hands; `kill@service`: the service dies right after it has answered.
 */
export const LOSSES = ['cut@client', 'cut@service', 'kill@gateway', 'kill@service'] as const;
export type Loss = (typeof LOSSES)[number];

/** Told with a lost answer's SHA-256, in hex, on the answers that come later. */
export const LOST_HEADER = 'x-lost-answer';

export type Kill = (service: string, port: number) => Promise<void>;

/** Loses the first answer to every request that asks for it. By then the service has committed: it has begun to answer. */
export class LostAnswers {
  private readonly done = new Set<string>();
  private readonly hashes = new Map<string, string>();
  private readonly carriers = new Map<string, number>();
  private readonly kill: Kill;

  constructor(kill: Kill) {
    this.kill = kill;
  }

  /** For the proxy where clients come in. */
  atTheEdge(): Watcher {
    return {
      forwarded: ({ key, port }) => void (key !== undefined && this.carriers.set(key, port)),
      loses: ({ key }) => this.first(key, ['cut@client']),
      lost: async ({ key }, body) => void this.hashes.set(key ?? '', createHash('sha256').update(body).digest('hex')),
      marks: ({ key }) => this.marksOf(key),
    };
  }

  /** For the proxy before a service. */
  before(service: string): Watcher {
    return {
      loses: ({ key }) => this.first(key, ['cut@service', 'kill@gateway', 'kill@service']),
      lost: (onward) => this.strike(service, onward),
    };
  }

  /** For a proxy that has nothing but one process behind it. */
  onTheLine(): Watcher {
    const edge = this.atTheEdge();
    return {
      ...edge,
      loses: ({ key }) => this.first(key, ['cut@client', 'kill@service']),
      lost: async (onward, body) => {
        await edge.lost?.(onward, body);
        await this.strike('selfos', onward);
      },
    };
  }

  private first(key: string | undefined, losses: readonly Loss[]): boolean {
    if (key === undefined || this.done.has(key) || !losses.some((loss) => key.endsWith(loss))) return false;
    this.done.add(key);
    return true;
  }

  private marksOf(key: string | undefined): Record<string, string> {
    const hash = this.hashes.get(key ?? '');
    return hash === undefined ? {} : { [LOST_HEADER]: hash };
  }

  private async strike(service: string, { key, port }: Onward): Promise<void> {
    if (key?.endsWith('kill@service') === true) await this.kill(service, port);
    if (key?.endsWith('kill@gateway') === true) await this.kill('gateway', this.carriers.get(key) ?? 0);
  }
}
