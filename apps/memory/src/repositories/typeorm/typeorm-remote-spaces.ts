import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { RemoteSpaces } from '../../domain/ports/remote-spaces.js';

/** Kept with what else is known of somebody who has memories, and gone with it. */
export class TypeormRemoteSpaces extends RemoteSpaces {
  constructor(private readonly context: DatabaseContext) {
    super();
  }

  async find(userId: Uuid): Promise<string | undefined> {
    const [row] = await this.context.manager().query<{ space: string | null }[]>('SELECT remote_space AS space FROM memory_owners WHERE user_id = $1', [userId]);
    return row?.space ?? undefined;
  }

  async keep(userId: Uuid, space: string): Promise<void> {
    await this.context.manager().query('UPDATE memory_owners SET remote_space = $2 WHERE user_id = $1', [userId, space]);
  }
}
