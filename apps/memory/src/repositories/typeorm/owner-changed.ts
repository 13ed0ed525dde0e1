import type { Uuid } from '@selfos/kernel';
import type { EntityManager } from 'typeorm';
import { MemoryOwnerRow } from './memory-owner.row.js';

/** Gives the person's memories a new version; also holds their row until the transaction ends, so that changes come one after the other. */
export async function ownerChanged(manager: EntityManager, userId: Uuid): Promise<void> {
  await ensureOwner(manager, userId);
  await manager.increment(MemoryOwnerRow, { userId }, 'version', 1);
}

export async function ensureOwner(manager: EntityManager, userId: Uuid): Promise<void> {
  await manager.createQueryBuilder().insert().into(MemoryOwnerRow).values({ userId, version: '0', paused: false }).orIgnore().execute();
}
