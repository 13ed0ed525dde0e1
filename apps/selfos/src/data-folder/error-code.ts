/** The system's name of what went wrong (`EADDRINUSE`, `28P01`), or empty. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
