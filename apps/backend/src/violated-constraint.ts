/** The name of the constraint that a statement broke, when that is why it failed. */
export function violatedConstraint(error: unknown): string | undefined {
  const constraint: unknown = typeof error === 'object' && error !== null && 'driverError' in error ? Reflect.get(Object(error.driverError), 'constraint') : undefined;
  return typeof constraint === 'string' ? constraint : undefined;
}
