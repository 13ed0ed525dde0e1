import type { LifeArea } from '@selfos/kernel';

/** Four tones of one hue: `ink` for text, `mid` for shapes, `wash` and `night` for grounds. sRGB hex. */
export interface Tones {
  readonly ink: string;
  readonly mid: string;
  readonly wash: string;
  readonly night: string;
}

/** One hue a life area, at equal lightness in OKLCH, so that no area looks louder than another. */
export const PALETTE: Readonly<Record<LifeArea, Tones>> = {
  health: { ink: '#204d35', mid: '#539b73', wash: '#e8f4ec', night: '#062314' },
  career: { ink: '#274464', mid: '#5d8dc1', wash: '#e9f1fb', night: '#081a2d' },
  relationships: { ink: '#603339', mid: '#bb707a', wash: '#fbeced', night: '#2b1014' },
  creativity: { ink: '#563553', mid: '#aa74a5', wash: '#f7ecf5', night: '#251123' },
  finance: { ink: '#563d16', mid: '#ab8043', wash: '#fbf0db', night: '#251603' },
  personal_growth: { ink: '#004c50', mid: '#2d9aa0', wash: '#e5f4f4', night: '#021f22' },
  spirituality: { ink: '#3c3e64', mid: '#7e83c2', wash: '#eeeffb', night: '#16172e' },
};

/** Warm off-white that a wash fades into, and the white of text on dark grounds. */
export const PAPER = '#f6efe4';
export const PAPER_WHITE = '#fbf6ec';
/** Sentence and footnote on paper: near-black, and a grey that still reads (7:1). */
export const INK_BLACK = '#1b1a17';
export const INK_QUIET = '#4f4b45';

/** Mixes two sRGB colours; `t` 0 gives `a`, 1 gives `b`. */
export function mix(a: string, b: string, t: number): string {
  const channels = [1, 3, 5].map((at) => {
    const from = Number.parseInt(a.slice(at, at + 2), 16);
    const to = Number.parseInt(b.slice(at, at + 2), 16);
    return Math.round(from + (to - from) * t).toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "relative luminance"). */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
