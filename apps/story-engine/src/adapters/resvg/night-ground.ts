import { mix, type Tones } from '../../domain/film/palette.js';
import { type Canvas, everywhere } from './canvas.js';
import { px, ridgePath } from './svg.js';

/** Where the seven days stand from left to right, in design units: the dots of the words and the peaks of the ridges share it. */
export function dayPositions(canvas: { width: number; tall: boolean }): number[] {
  const [first, last] = canvas.tall ? [119, 961] : [150, canvas.width - 150];
  return Array.from({ length: 7 }, (_, i) => first + ((last - first) * i) / 6);
}

/** How light the ridge nearest to the viewer is: dark enough for white letters on it. */
const [FARTHEST, NEAREST] = [0.34, 0.56] as const;

/** The Night ground: a dark sky and four ridges whose heights are the days' minutes. */
export function nightGround(canvas: Canvas, tones: Tones, days: readonly number[]): string {
  const sky = `<linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tones.night}"/><stop offset=".55" stop-color="${mix(tones.night, tones.mid, 0.2)}"/><stop offset="1" stop-color="${mix(tones.night, tones.mid, 0.3)}"/></linearGradient>`;
  const ridges = [0, 1, 2, 3].map((layer) => ridge(canvas, days, layer));
  const fades = ridges.map(({ top, bottom }, i) => fade({ id: `ridge${i}`, top, bottom, tone: mix(tones.night, tones.mid, FARTHEST + (i * (NEAREST - FARTHEST)) / 3), foot: mix(tones.night, tones.mid, 0.24 + i * 0.02) }));
  return `<defs>${sky}${fades.join('')}</defs>${everywhere(canvas, 'url(#dusk)')}${stars(canvas)}${ridges.map(({ path }, i) => `<path d="${path}" fill="url(#ridge${i})"/>`).join('')}`;
}

function ridge(canvas: Canvas, days: readonly number[], layer: number): { path: string; top: number; bottom: number } {
  const most = Math.max(1, ...days);
  const [floor, step, reach] = canvas.tall ? [1190, 120, 360] : [810, 66, 250];
  const base = floor + layer * step;
  const height = reach * (1 - layer * 0.22);
  const xs = dayPositions(canvas);
  const inner = xs.map((x, i) => [x, base - height * ((days[i] ?? 0) / most)] as const);
  const spread = (xs[1] ?? 0) - (xs[0] ?? 0);
  const side = canvas.width + canvas.marginX + spread;
  const ends = [inner[0]?.[1] ?? base, inner.at(-1)?.[1] ?? base].map((y) => y + (base - y) * 0.35);
  const bottom = canvas.height + canvas.marginY;
  const points = [[-canvas.marginX - spread, ends[0] ?? base] as const, ...inner, [side, ends[1] ?? base] as const];
  return { path: ridgePath(points, bottom), top: base - height, bottom };
}

function fade(spec: { id: string; top: number; bottom: number; tone: string; foot: string }): string {
  return `<linearGradient id="${spec.id}" gradientUnits="userSpaceOnUse" x1="0" y1="${px(spec.top)}" x2="0" y2="${px(spec.bottom)}"><stop offset="0" stop-color="${spec.tone}"/><stop offset="1" stop-color="${spec.foot}"/></linearGradient>`;
}

/** A few faint stars, at places that depend on nothing but their number. */
function stars(canvas: Canvas): string {
  return Array.from({ length: 26 }, (_, i) => {
    const x = ((i * 0.618034 + 0.137) % 1) * canvas.width;
    const y = ((i * 0.7548777 + 0.31) % 1) * canvas.height * 0.5 - canvas.marginY;
    return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(0.9 + (i % 3) * 0.55)}" fill="#fff" fill-opacity="${px(0.1 + (i % 4) * 0.06)}"/>`;
  }).join('');
}
