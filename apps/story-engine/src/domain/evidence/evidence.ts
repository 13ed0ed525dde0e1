import type { routes } from '@selfos/contracts';
import type { Inner, SealedCopyJson } from '@selfos/contracts';
import type { LifeArea } from '@selfos/kernel';

/** One thing that is on record; words are sealed copies, which this service cannot open. */
export interface Evidence {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'occurrence' | 'goal' | 'media';
  /** Order of the events about it: an older one changes nothing. */
  readonly seq: number;
  /** True once it is undone or deleted; the row stays, so that an older event cannot bring it back. */
  readonly gone: boolean;
  readonly title: SealedCopyJson | undefined;
  readonly lifeAreas: readonly LifeArea[];
  /** When it happened; for a goal, when it was reached or last changed. */
  readonly happenedAt: Date;
  /** The local date it counts for, where the record says so itself. */
  readonly localDate: string | undefined;
  readonly taskId: string | undefined;
  readonly minutes: number | undefined;
  readonly achieved: boolean | undefined;
  readonly progress: number | undefined;
}

/** A record in the shape in which the writer of the narrative takes it. */
export type NarratedEvidence = Inner<(typeof routes.writeNarrative)['body']>['evidence'][number];

/** What the writer is told of a record; media has no words and is not narrated. */
export function narrated(evidence: Evidence, localDate: string): NarratedEvidence | undefined {
  const { id, title, taskId, minutes } = evidence;
  if (title === undefined) return undefined;
  const common = { id, title, life_areas: [...evidence.lifeAreas], local_date: localDate };
  if (evidence.kind === 'goal') return { kind: 'goal', ...common, achieved: evidence.achieved ?? false, progress: evidence.progress ?? 0 };
  if (evidence.kind !== 'occurrence' || taskId === undefined || minutes === undefined) return undefined;
  return { kind: 'occurrence', ...common, task_id: taskId, minutes, completed_at: evidence.happenedAt.toISOString() };
}
