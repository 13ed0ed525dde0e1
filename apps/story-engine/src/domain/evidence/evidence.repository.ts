import type { Period } from '../period/period.js';
import type { Evidence } from './evidence.js';

/** The record of what was done, projected from other services' events. Every call joins the ambient transaction. */
export abstract class EvidenceRepository {
  /** Keeps it unless something newer about it is known. */
  abstract project(evidence: Evidence): Promise<void>;
  /** Marks it gone unless something newer is known; also when it was never seen. */
  abstract remove(gone: Pick<Evidence, 'id' | 'userId' | 'kind' | 'seq'>): Promise<void>;
  /** What counts for the period, oldest first, at most 1000. */
  abstract inPeriod(userId: string, period: Period): Promise<Evidence[]>;
  abstract removeAll(userId: string): Promise<void>;
}
