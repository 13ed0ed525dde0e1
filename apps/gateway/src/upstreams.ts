import type { CoreParts } from '@selfos/http';
import { request } from 'undici';

const PATIENCE_MS = 2_000;
/** Anyone may ask whether we are ready: however many do, the services behind are asked once in this time. */
const KEPT_MS = 1_000;

/**
 * The gateway is ready once every service behind it has been ready. From then on one of them that fails is a matter of its own routes:
 * it must not take the gateway away from all others.
 */
export function watchUpstreams(parts: Pick<CoreParts, 'readiness' | 'directory' | 'identity'>): void {
  for (const service of parts.identity.manifest.calls) {
    const isReady = async (): Promise<boolean> => {
      const answer = await request(`${parts.directory.originOf(service)}/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      await answer.body.dump();
      return answer.statusCode === 200;
    };
    parts.readiness.add(service, onceTrue(keptFor(KEPT_MS, isReady)));
  }
}

/** The same question, asked no more after the first yes. */
export function onceTrue(ask: () => Promise<boolean>): () => Promise<boolean> {
  let known = false;
  return async () => (known ||= await ask());
}

/** The same question with its last answer, good or bad, given again for a while; those who ask meanwhile wait for one asking. */
export function keptFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly at: number } | undefined;
  return () => {
    const now = performance.now();
    if (last === undefined || now - last.at > ms) last = { answer: ask(), at: now };
    return last.answer;
  };
}
