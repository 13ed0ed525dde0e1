/** Collects what must hold before this service may get requests. A check rejects, or resolves to false, while it does not hold. */
export class Readiness {
  private readonly checks = new Map<string, () => Promise<unknown>>();
  private stopping = false;

  /** Adds a check, e.g. `readiness.add('database', () => source.query('SELECT 1'))`. */
  add(name: string, check: () => Promise<unknown>): void {
    this.checks.set(name, check);
  }

  /** From now on the service is not ready: it is about to stop. */
  stop(): void {
    this.stopping = true;
  }

  async report(): Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, boolean>> }> {
    const names = [...this.checks.keys()];
    const results = await Promise.all([...this.checks.values()].map((check) => holds(check)));
    const checks = Object.fromEntries(names.map((name, index) => [name, results[index] === true]));
    return { ready: !this.stopping && results.every(Boolean), checks };
  }
}

const CHECK_TIMEOUT_MS = 3_000;

async function holds(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  try {
    return (await Promise.race([check(), late])) !== false;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
