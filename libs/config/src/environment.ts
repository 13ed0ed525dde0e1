/** The four environments a SelfOS can run in (seed §9.2). */
export const ENVIRONMENTS = ['local', 'development', 'staging', 'production'] as const;

export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** A value that depends on the environment: the one named, else `otherwise`. */
export type ByEnvironment<T> = Partial<Record<EnvironmentName, T>> & { readonly otherwise: T };

export function byEnvironment<T>(values: ByEnvironment<T>, environment: EnvironmentName): T {
  return values[environment] ?? values.otherwise;
}
