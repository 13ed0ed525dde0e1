import { mix, PAPER, type Tones } from '../../domain/film/palette.js';
import { type Canvas, everywhere } from './canvas.js';
import { px, ridgePath } from './svg.js';

/** The Paper ground: a wash that warms towards the foot, and one soft shape: a sun over a horizon, hills, or ripples. */
export function paperGround(canvas: Canvas, tones: Tones): string {
  const shapes = [sunOverWater, lowHills, ripples];
  const shape = shapes[canvas.variant % shapes.length] ?? sunOverWater;
  return `<defs><linearGradient id="air" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tones.wash}"/><stop offset=".62" stop-color="${mix(tones.wash, PAPER, 0.75)}"/><stop offset="1" stop-color="${PAPER}"/></linearGradient></defs>${everywhere(canvas, 'url(#air)')}${shape(canvas, tones)}`;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

function placeOf(canvas: Canvas): Place {
  return canvas.tall ? { x: 650, y: 640, r: 345 } : { x: 1400, y: 500, r: 320 };
}

function sunOverWater(canvas: Canvas, tones: Tones): string {
  const { x, y, r } = placeOf(canvas);
  const horizon = y + r * 0.52;
  const pale = mix(tones.mid, tones.wash, 0.3);
  const glints = [0, 1, 2, 3].map((i) => {
    const half = r * (0.72 - i * 0.17) * (i % 2 === 0 ? 1 : 0.82);
    const top = horizon + 34 + i * 34 + i * i * 3;
    return `<rect x="${px(x - half + (i % 2) * 36 - 10)}" y="${px(top)}" width="${px(half * 2)}" height="${px(7 - i)}" rx="4" fill="${tones.mid}" fill-opacity="${px(0.32 - i * 0.065)}"/>`;
  });
  return `<defs><radialGradient id="sun" cx=".38" cy=".34" r=".78"><stop offset="0" stop-color="${tones.mid}"/><stop offset="1" stop-color="${pale}"/></radialGradient>
<clipPath id="sky"><path d="M${px(x - r * 1.4)} ${px(y - r * 1.4)}H${px(x + r * 1.4)}V${px(horizon - r * 0.05)}Q${px(x)} ${px(horizon + r * 0.09)} ${px(x - r * 1.4)} ${px(horizon)}Z"/></clipPath></defs>
<circle cx="${x}" cy="${y}" r="${r}" fill="url(#sun)" clip-path="url(#sky)"/>${glints.join('')}`;
}

function lowHills(canvas: Canvas, tones: Tones): string {
  const { x, y, r } = placeOf(canvas);
  const left = -canvas.marginX;
  const right = canvas.width + canvas.marginX;
  const foot = y + r * (canvas.tall ? 1.12 : 1.5);
  const layers = [0, 1, 2].map((i) => {
    const base = y + r * (0.06 + i * 0.26);
    const points = Array.from({ length: 7 }, (_, k) => {
      const at = left + ((right - left) * k) / 6;
      const wave = Math.sin(k * (1.35 + i * 0.4) + i * 2.1 + canvas.variant) * r * (0.17 - i * 0.02);
      return [at, base + wave] as const;
    });
    return `<path d="${ridgePath(points, foot)}" fill="url(#hill${i})"/>`;
  });
  const fades = [0, 1, 2].map((i) => {
    const tone = mix(tones.mid, tones.wash, 0.62 - i * 0.26);
    return `<linearGradient id="hill${i}" gradientUnits="userSpaceOnUse" x1="0" y1="${px(y + r * (i * 0.26))}" x2="0" y2="${px(foot)}"><stop offset="0" stop-color="${tone}"/><stop offset="1" stop-color="${tone}" stop-opacity="0"/></linearGradient>`;
  });
  const sun = `<circle cx="${px(x + r * 0.3)}" cy="${px(y - r * 0.28)}" r="${px(r * 0.4)}" fill="${mix(tones.mid, PAPER, 0.45)}"/>`;
  // Beside a wide frame's column of words the hills dissolve: nothing dark may lie under a sentence.
  const veil = canvas.tall ? '' : '<linearGradient id="veil" gradientUnits="userSpaceOnUse" x1="980" y1="0" x2="1330" y2="0"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient><mask id="right" maskUnits="userSpaceOnUse" x="900" y="0" width="3000" height="1080"><rect x="900" width="3000" height="1080" fill="url(#veil)"/></mask>';
  return `<defs>${fades.join('')}${veil}</defs>${sun}<g${canvas.tall ? '' : ' mask="url(#right)"'}>${layers.join('')}</g>`;
}

function ripples(canvas: Canvas, tones: Tones): string {
  const { x, y, r } = placeOf(canvas);
  const rings = [1, 0.79, 0.59, 0.4].map((share, i) => {
    const tone = mix(tones.mid, tones.wash, 0.72 - i * 0.21);
    return `<circle cx="${px(x + (1 - share) * r * 0.34)}" cy="${px(y + (1 - share) * r * 0.3)}" r="${px(r * share * 1.06)}" fill="${tone}"/>`;
  });
  return rings.join('');
}
