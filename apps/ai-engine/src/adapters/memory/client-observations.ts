import { routes } from '@selfos/contracts';
import type { InternalClient } from '@selfos/http';
import type { Uuid } from '@selfos/kernel';
import type { Sealer } from '@selfos/sealing';
import { type Observation, Observations } from '../../domain/ports/observations.js';

const MOST_AT_ONCE = 100;

/** The profile as the memory service keeps it: what was seen travels sealed. */
export class ClientObservations extends Observations {
  constructor(
    private readonly client: Pick<InternalClient, 'call'>,
    private readonly sealer: Pick<Sealer, 'seal'>,
  ) {
    super();
  }

  override async tell(userId: Uuid, seen: readonly Observation[]): Promise<void> {
    const items = seen.map(({ id, seq, at, cues }) => ({ id, seq, at: at.toISOString(), cues: [...cues] }));
    for (let start = 0; start < items.length; start += MOST_AT_ONCE) {
      const body = await this.sealer.seal(routes.observeProfile.body, userId, { items: items.slice(start, start + MOST_AT_ONCE) });
      await this.client.call(routes.observeProfile, { body, idempotent: true });
    }
  }
}
