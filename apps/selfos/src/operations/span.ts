const UNITS: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** A length of time for the terminal, in its largest whole unit: `3 h`, `0 s`. */
export function span(ms: number): string {
  const [name, size] = UNITS.find(([, unit]) => Math.abs(ms) >= unit) ?? ['s', 1_000];
  return `${Math.trunc(ms / size)} ${name}`;
}
