/** Turns texts into directions: texts of like meaning point the same way. Vectors have unit length. */
export abstract class Embedder {
  /** Names the space: vectors of different models cannot be compared. */
  abstract readonly model: string;
  abstract readonly dimensions: number;

  /** One vector per text, in order. Throws EmbedderUnavailable. */
  abstract embed(texts: readonly string[]): Promise<readonly Float32Array[]>;

  /** Finds out at the start whether its vectors are as long as it says, where that can be told without asking anybody else. Throws an error that says what is wrong. */
  check(): Promise<void> {
    return Promise.resolve();
  }

  /** Gives back what it holds, if it holds anything. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
