import type { Uuid } from '@selfos/kernel';
import { type DatabaseContext, type Transaction } from '@selfos/persistence';
import { Privacy } from '../../domain/ports/privacy.js';
import { ensureOwner } from './owner-changed.js';

const LEARN = 'UPDATE memory_owners SET withheld = $2, withheld_version = $3 WHERE user_id = $1 AND withheld_version <= $3';

/** Kept with what else is known of somebody who has memories, and gone with it. */
export class TypeormPrivacy extends Privacy {
  constructor(
    private readonly context: DatabaseContext,
    private readonly transaction: Transaction,
  ) {
    super();
  }

  override isWithheld(userId: Uuid): Promise<boolean> {
    return this.transaction.run(async () => {
      const [row] = await this.context.manager().query<{ withheld: boolean }[]>('SELECT withheld FROM memory_owners WHERE user_id = $1', [userId]);
      return row?.withheld ?? false;
    });
  }

  override learn(userId: Uuid, withheld: boolean, version: number): Promise<void> {
    return this.transaction.run(async () => {
      await ensureOwner(this.context.manager(), userId);
      await this.context.manager().query(LEARN, [userId, withheld, version]);
    });
  }
}
