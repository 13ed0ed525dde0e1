/** What a picture's file tells of it. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif';
  /** When the camera says it was taken: the instant, where it knew its offset, and its own clock (2026-03-04T07:30:00). */
  readonly takenAt?: Date | undefined;
  readonly takenLocal?: string | undefined;
  /** Degrees, rounded to about ten kilometres: where somebody lives is nobody's business. */
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
  /** Names, the most frequent first, at most five. */
  readonly colours: readonly string[];
}

/** A picture as a model sees it: upright, small enough, and without anything but its pixels. */
export interface SeenPicture {
  readonly mediaType: 'image/jpeg';
  readonly bytes: Uint8Array;
}

export interface ReadPicture {
  readonly facts: PictureFacts;
  readonly seen: SeenPicture;
}

const TENTH = 10;

/** A coordinate as coarse as it is kept. */
export function coarse(degrees: number): number {
  return Math.round(degrees * TENTH) / TENTH;
}

const NAMED: readonly (readonly [string, number, number, number])[] = [
  ['black', 0, 0, 0], ['dark grey', 70, 70, 70], ['grey', 128, 128, 128], ['light grey', 200, 200, 200], ['white', 255, 255, 255], ['red', 205, 35, 35], ['orange', 240, 140, 30],
  ['yellow', 245, 220, 50], ['green', 50, 150, 60], ['dark green', 25, 70, 35], ['turquoise', 60, 190, 180], ['light blue', 150, 200, 240], ['blue', 40, 90, 200], ['dark blue', 20, 35, 95],
  ['purple', 125, 55, 160], ['pink', 240, 140, 180], ['brown', 115, 75, 45], ['beige', 225, 205, 170],
];
const MOST_COLOURS = 5;
/** Less of a picture than this is a detail. */
const LEAST_SHARE = 0.08;

/** The names of the colours that make up a picture, from its pixels as red, green, blue. */
export function coloursOf(pixels: Uint8Array): string[] {
  const counts = new Map<string, number>();
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const name = nearest(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const all = pixels.length / 3;
  return [...counts].filter(([, count]) => count / all >= LEAST_SHARE).sort(([, a], [, b]) => b - a).slice(0, MOST_COLOURS).map(([name]) => name);
}

function nearest(red: number, green: number, blue: number): string {
  const distances = NAMED.map(([name, r, g, b]) => [name, (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2] as const);
  return distances.reduce((best, one) => (one[1] < best[1] ? one : best))[0];
}
