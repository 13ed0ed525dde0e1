import { AsyncLocalStorage } from 'node:async_hooks';

/** The same generator, run in the async context of this call: left to itself it would run in the context of whoever reads it. */
export function inThisContext<T>(source: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  const inside = AsyncLocalStorage.snapshot();
  return bound(source, inside);
}

async function* bound<T>(source: AsyncGenerator<T, void, undefined>, inside: <R>(work: () => R) => R): AsyncGenerator<T, void, undefined> {
  try {
    for (let next = await inside(() => source.next()); next.done !== true; next = await inside(() => source.next())) yield next.value;
  } finally {
    await inside(() => source.return());
  }
}
