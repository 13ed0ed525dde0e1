import type { Uuid } from '@selfos/kernel';
import { currentContext, rootContext, runInContext } from '@selfos/observability';

/** Does the work as this person: rows that it reads and writes are theirs. For requests that name their person only inside. */
export function asUser<T>(userId: Uuid, work: () => Promise<T>): Promise<T> {
  const context = currentContext() ?? rootContext({ kind: 'system', id: 'auth' });
  return runInContext({ ...context, userId }, work);
}
