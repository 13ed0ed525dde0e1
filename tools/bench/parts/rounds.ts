/** One contestant: what it is called and how to run it once; resolves to its figure. */
export interface Contestant {
  readonly name: string;
  run(): Promise<number>;
}

/** Runs all in turn, round after round (A B C A B C), so that what the machine does besides hits each alike. */
export async function interleaved(contestants: readonly Contestant[], rounds: number): Promise<Record<string, number[]>> {
  const figures: Record<string, number[]> = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of contestants) figures[name]?.push(await run());
  }
  return figures;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How often faster, round by round: median, least and most. */
export function ratio(ours: readonly number[], peer: readonly number[]): { readonly median: number; readonly least: number; readonly most: number } {
  const each = ours.map((value, round) => value / (peer[round] ?? Number.NaN));
  return { median: round2(median(each)), least: round2(Math.min(...each)), most: round2(Math.max(...each)) };
}

export function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
