import type { Uuid } from '@selfos/kernel';
import type { Position } from '../../../cursor.js';
import type { Occurrence } from './occurrence.js';

export interface OccurrenceFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly taskId?: Uuid | undefined;
  readonly after?: Position | undefined;
  readonly limit: number;
}

/** What a person has done. At most one occurrence for each task and local date. */
export abstract class OccurrenceRepository {
  abstract find(userId: Uuid, id: Uuid): Promise<Occurrence | undefined>;
  abstract findOn(userId: Uuid, taskId: Uuid, localDate: string): Promise<Occurrence | undefined>;
  abstract findPage(userId: Uuid, filter: OccurrenceFilter): Promise<readonly Occurrence[]>;
  abstract insert(userId: Uuid, occurrence: Occurrence): Promise<void>;
  abstract remove(userId: Uuid, id: Uuid): Promise<void>;
}
