import type { Face } from './fonts.js';
import { type TextStyle, widthOf } from './typesetter.js';

/** Text as SVG character data or attribute value. Characters that XML 1.0 forbids are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A number as SVG writes it: at most two decimals, so that equal drawings are equal bytes. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export interface Line {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly style: TextStyle;
  readonly colour: string;
  readonly opacity?: number;
}

export function textElement(line: Line): string {
  const { face, size, tracking } = line.style;
  const spacing = tracking === undefined ? '' : ` letter-spacing="${px(tracking * size)}"`;
  const opacity = line.opacity === undefined ? '' : ` fill-opacity="${line.opacity}"`;
  return `<text x="${px(line.x)}" y="${px(line.y)}" font-size="${px(size)}" ${fontOf(face)} fill="${line.colour}"${opacity}${spacing}>${escapeXml(line.text)}</text>`;
}

function fontOf(face: Face): string {
  return `font-family="${face.family}" font-weight="${face.weight}"${face.italic ? ' font-style="italic"' : ''}`;
}

/** The rectangle that holds the lines with room for ascenders, descenders and an italic's overhang. */
export function boundsOf(lines: readonly Line[]): { left: number; top: number; right: number; bottom: number } {
  return {
    left: Math.min(...lines.map((line) => line.x - line.style.size * 0.1)),
    top: Math.min(...lines.map((line) => line.y - line.style.size * 1.05)),
    right: Math.max(...lines.map((line) => line.x + widthOf(line.text, line.style) + line.style.size * 0.25)),
    bottom: Math.max(...lines.map((line) => line.y + line.style.size * 0.35)),
  };
}

/** A smooth closed shape through the points from left to right, filled down to `bottom` (monotone: no overshoot between points). */
export function ridgePath(points: readonly (readonly [number, number])[], bottom: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${px(first[0])} ${px(bottom)}L${px(first[0])} ${px(first[1])}`;
  for (let i = 1; i < points.length; i += 1) {
    const [x0, y0] = points[i - 1] as readonly [number, number];
    const [x1, y1] = points[i] as readonly [number, number];
    const middle = (x0 + x1) / 2;
    path += `C${px(middle)} ${px(y0)} ${px(middle)} ${px(y1)} ${px(x1)} ${px(y1)}`;
  }
  return `${path}L${px(last[0])} ${px(bottom)}Z`;
}
