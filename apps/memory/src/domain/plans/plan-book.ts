import type { EnvelopeJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { MemoryType } from '../memory/memory.js';

/** What a plan does to memories: it remembers one under the id that it brings, or forgets one that there is. */
export type PlannedMemory =
  | { readonly op: 'remember'; readonly id: Uuid; readonly type: MemoryType; readonly text: EnvelopeJson }
  | { readonly op: 'forget'; readonly id: Uuid };

/** The newest that is known of a plan. */
export interface PlanState {
  readonly planId: Uuid;
  /** Of the event that told of it. */
  readonly seq: number;
  readonly state: 'applied' | 'undone';
  /** When it took effect, or was taken back. */
  readonly at: Date;
  readonly memories: readonly PlannedMemory[];
}

/** Keeps the newest state of each plan that touches memories. Joins the ambient transaction. */
export abstract class PlanBook {
  /** False when that, or something newer, is known already. */
  abstract tell(userId: Uuid, plan: PlanState): Promise<boolean>;

  abstract find(userId: Uuid, planId: Uuid): Promise<PlanState | undefined>;

  /** The plan can no longer be taken back: its words go, its number stays. */
  abstract finish(userId: Uuid, planId: Uuid): Promise<void>;

  /** Erases everything of one person. */
  abstract removeAll(userId: Uuid): Promise<void>;
}
