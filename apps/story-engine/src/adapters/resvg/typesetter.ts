import type { Face } from './fonts.js';

export interface TextStyle {
  readonly face: Face;
  /** Pixels. */
  readonly size: number;
  /** Em after each glyph. */
  readonly tracking?: number;
}

/** Breaks a text into lines no wider than `width` pixels, as even as the same number of lines allows. */
export function breakLines(text: string, style: TextStyle, width: number): string[] {
  const words = wordsOf(text, style, width);
  const greedy = fill(words, style, width);
  let low = 0;
  let high = width;
  while (high - low > 4) {
    const middle = (low + high) / 2;
    if (fill(words, style, middle).length > greedy.length || widest(words, style) > middle) low = middle;
    else high = middle;
  }
  return fill(words, style, high);
}

/** A font size in pixels and how many lines it may fill. */
export type Size = readonly [pixels: number, maxLines: number];

/** The first of the sizes at which the text keeps within its lines; at the last, what is too long ends in "…". */
export function fitText(text: string, fit: { face: Face; sizes: readonly Size[]; width: number }): { size: number; lines: string[] } {
  for (const [size, maxLines] of fit.sizes) {
    const lines = breakLines(text, { face: fit.face, size }, fit.width);
    if (lines.length <= maxLines) return { size, lines };
  }
  const [size, maxLines] = fit.sizes.at(-1) ?? [40, 1];
  const style = { face: fit.face, size };
  const kept = fill(wordsOf(text, style, fit.width), style, fit.width).slice(0, maxLines);
  const last = (kept.pop() ?? '').replace(/[\s.,;:–-]*\S*$/u, '…');
  return { size, lines: [...kept, last] };
}

export function widthOf(text: string, style: TextStyle): number {
  return style.face.metrics.widthOf(text, style.size, style.tracking ?? 0);
}

function fill(words: readonly string[], style: TextStyle, width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, style) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function widest(words: readonly string[], style: TextStyle): number {
  return Math.max(0, ...words.map((word) => widthOf(word, style)));
}

/** The words, those wider than a whole line cut where they must be. */
function wordsOf(text: string, style: TextStyle, width: number): string[] {
  return text
    .trim()
    .split(/[ \t\n\r]+/)
    .flatMap((word) => (widthOf(word, style) <= width ? [word] : cutWord(word, style, width)));
}

function cutWord(word: string, style: TextStyle, width: number): string[] {
  const parts = [''];
  for (const character of word) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && widthOf(last + character, style) > width) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
