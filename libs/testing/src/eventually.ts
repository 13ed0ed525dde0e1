export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * Runs `check` until it neither throws nor rejects, and returns its result; after the timeout (12 s, which only a failure waits for)
 * the last failure is thrown. For effects that arrive by themselves, instead of sleeping a guessed time.
 */
export async function eventually<T>(check: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const { timeoutMs = 12_000, everyMs = 25 } = options;
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (failure) {
      if (Date.now() >= end) throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
