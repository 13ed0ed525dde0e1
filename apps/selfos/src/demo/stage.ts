import type { Plain, routes } from '@selfos/contracts';
import type { SelfosClient } from '../client/selfos-client.js';

/** Where a scenario is played: whose client, what each retried request is keyed by, and how progress is told. */
export interface Stage {
  readonly client: SelfosClient;
  /** Makes the `Idempotency-Key`s of this run: the same step of the same run has the same key. */
  readonly run: string;
  /** IANA zone of the person who plays. */
  readonly timezone: string;
  readonly tell: (line: string) => void;
}

export type Answer = Plain<(typeof routes.converse)['response']>;
export type Story = Plain<(typeof routes.getStory)['response']>;
export type Today = Plain<(typeof routes.getToday)['response']>;

export interface WaitOptions {
  readonly what: string;
  readonly timeoutMs: number;
  readonly everyMs?: number;
}

/** Asks until `check` gives something, or says what was waited for in vain. */
export async function waitFor<T>(check: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${String(options.timeoutMs / 1000)} s in vain for ${options.what}`);
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 250));
  }
}
