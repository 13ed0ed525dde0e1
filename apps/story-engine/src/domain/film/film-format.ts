/** One shape the film is made in. Width and height are even numbers of pixels. */
export interface FilmFormat {
  readonly name: 'wide' | 'tall';
  readonly width: number;
  readonly height: number;
}

/** The unit of every measure of a card: 1 at a short side of 1080 pixels. */
export function scaleOf(format: FilmFormat): number {
  return Math.min(format.width, format.height) / 1080;
}

export function isTall(format: FilmFormat): boolean {
  return format.height > format.width;
}

export const FRAMES_PER_SECOND = 30;
