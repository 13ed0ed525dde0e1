/**
 * Where a job can stand. `booked` waits for its time; `running` is in a runner's hands; `waiting` has begun and waits for its next try;
 * `compensating` is being taken back, in a runner's hands or between two tries. The other four are ends.
 */
const MOVES = {
  booked: ['running', 'cancelled'],
  running: ['booked', 'waiting', 'done', 'failed', 'cancelled', 'compensating'],
  waiting: ['booked', 'running', 'cancelled', 'compensating'],
  compensating: ['booked', 'compensated', 'failed'],
  done: [],
  failed: ['waiting', 'compensating'],
  cancelled: ['booked'],
  compensated: ['booked'],
} as const satisfies Record<string, readonly string[]>;

export type JobState = keyof typeof MOVES;

/** Where a job can go from `S`. */
export type NextState<S extends JobState> = (typeof MOVES)[S][number];

/** States without a place among what is due. */
export type EndState = 'done' | 'failed' | 'cancelled' | 'compensated';
export type OpenState = Exclude<JobState, EndState>;

export const JOB_STATES: readonly JobState[] = ['booked', 'running', 'waiting', 'compensating', 'done', 'failed', 'cancelled', 'compensated'];
export const OPEN_STATES: readonly OpenState[] = ['booked', 'running', 'waiting', 'compensating'];

export function canMove(from: JobState, to: JobState): boolean {
  const next: readonly JobState[] = MOVES[from];
  return next.includes(to);
}

/** The new state; a move that is none of the above does not compile, and throws when the states are known only at run time. */
export function moved<S extends JobState, T extends JobState & NextState<S>>(from: S, to: T): T {
  if (!canMove(from, to)) throw new Error(`A job that is ${from} cannot become ${to}`);
  return to;
}

/** Every open state from which a job can become `to`. */
export function openBefore(to: JobState): readonly OpenState[] {
  return OPEN_STATES.filter((from) => canMove(from, to));
}
