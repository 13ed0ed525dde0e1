/** A folder of its own for making one story, readable by nobody else, gone when the work is over. */
export interface Bench {
  readonly folder: string;
}

/** Gives each story its bench, and clears away what a crash left behind. */
export abstract class Workshop {
  /** An empty bench for this story; what an earlier try left on it is removed first. */
  abstract open(storyId: string): Promise<Bench>;

  abstract close(storyId: string): Promise<void>;
}
