/** Turns texts into directions: texts of like meaning point the same way. Vectors have unit length. */
export abstract class Embedder {
  /** Names the space: vectors of different models cannot be compared. */
  abstract readonly model: string;
  abstract readonly dimensions: number;

  /** One vector per text, in order. Throws EmbedderUnavailable. */
  abstract embed(texts: readonly string[]): Promise<readonly Float32Array[]>;

  /** Gives back what it holds, if it holds anything. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
