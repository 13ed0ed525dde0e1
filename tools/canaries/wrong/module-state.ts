const cache = new Map<string, string>();

export function remember(key: string, value: string): void {
  cache.set(key, value);
}
