import { defineError } from '@selfos/kernel';

/** Another runner has the job, or it was cancelled: whatever this one was about to write must not be. */
export class LeaseLost extends defineError('work.lease.lost', 'conflict', 'The job is no longer in these hands') {}

/** The job was given up after its runner died over it too often. */
export class JobAbandoned extends defineError('work.job.abandoned', 'unavailable', 'The job did not come to an end') {}

/** The job stands before a step that its handler does not have. */
export class StepUnknown extends defineError('work.step.unknown', 'invalid', 'The job stands before a step that is not known') {}
