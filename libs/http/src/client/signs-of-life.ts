import { Agent, request } from 'undici';

/** How long a call waits in silence before the service is asked, and how long that may take. */
export interface Patience {
  readonly silenceMs: number;
  readonly signOfLifeMs: number;
}

/**
 * Tells a service that takes long from one that hangs: while a call waits, the service is asked for `/health` now and then. Those who
 * wait for the same service ask together.
 */
export class SignsOfLife {
  private readonly agent = new Agent({ connections: 2, connect: { timeout: 2_000 } });
  private readonly asking = new Map<string, Promise<boolean>>();

  /** Calls `lost` when the service gives no sign of life, until what it gives back is called. */
  watch(origin: string, patience: Patience, lost: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const look = async (): Promise<void> => {
      const lives = await this.ask(origin, patience.signOfLifeMs);
      if (over) return;
      if (lives) wait();
      else lost();
    };
    const wait = (): void => {
      timer = setTimeout(() => void look(), patience.silenceMs).unref();
    };
    wait();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private ask(origin: string, withinMs: number): Promise<boolean> {
    const known = this.asking.get(origin);
    if (known !== undefined) return known;
    const asked = this.lives(origin, withinMs).finally(() => this.asking.delete(origin));
    this.asking.set(origin, asked);
    return asked;
  }

  private async lives(origin: string, withinMs: number): Promise<boolean> {
    try {
      const answer = await request(`${origin}/health`, { dispatcher: this.agent, signal: AbortSignal.timeout(withinMs) });
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }
}
