import type { CoreParts } from '@selfos/http';
import { request } from 'undici';

const PATIENCE_MS = 2_000;

/** The gateway is ready when every service behind it is. */
export function watchUpstreams(parts: Pick<CoreParts, 'readiness' | 'directory' | 'identity'>): void {
  for (const service of parts.identity.manifest.calls) {
    parts.readiness.add(service, async () => {
      const answer = await request(`${parts.directory.originOf(service)}/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      await answer.body.dump();
      return answer.statusCode === 200;
    });
  }
}
