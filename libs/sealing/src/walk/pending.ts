/** A value that is being sealed or opened; it stands in the copy until the whole batch is done. */
export class Pending {
  constructor(readonly promise: Promise<unknown>) {
    // When a neighbour fails first, nobody waits for this one any more.
    promise.catch(() => undefined);
  }
}

/** The same structure with every Pending awaited. All run at once; the first failure is the failure of the whole. */
export async function settle(value: unknown): Promise<unknown> {
  if (value instanceof Pending) return value.promise;
  if (Array.isArray(value)) return Promise.all(value.map(settle));
  if (typeof value === 'object' && value !== null) {
    const entries = await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await settle(inner)] as const));
    return Object.fromEntries(entries);
  }
  return value;
}
