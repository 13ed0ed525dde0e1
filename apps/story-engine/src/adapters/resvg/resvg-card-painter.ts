import { renderAsync } from '@resvg/resvg-js';
import { type FilmFormat, isTall, scaleOf } from '../../domain/film/film-format.js';
import { PALETTE, type Tones } from '../../domain/film/palette.js';
import type { Scene } from '../../domain/film/scene.js';
import { type Card, type CardOrder, CardPainter, type Ground, type Words } from '../../domain/ports/card-painter.js';
import { type Canvas, groundSvg } from './canvas.js';
import type { FontBook } from './fonts.js';
import { nightGround } from './night-ground.js';
import { paperGround } from './paper-ground.js';
import { setWords } from './scene-words.js';
import { boundsOf, type Line, px, textElement } from './svg.js';

/** Cards drawn as SVG and rasterised by resvg, with the project's own fonts and no other. */
export class ResvgCardPainter extends CardPainter {
  constructor(private readonly fonts: FontBook) {
    super();
  }

  async paint(order: CardOrder): Promise<Card> {
    const [ground, words] = await Promise.all([this.ground(order), this.words(order.scene, order.format)]);
    return { ground, words };
  }

  cover(order: Omit<CardOrder, 'travel'>): Promise<Uint8Array> {
    const frame = frameOf(order.format);
    const canvas: Canvas = { ...frame, marginX: 0, marginY: 0, variant: order.index };
    const set = setWords(order.scene, { fonts: this.fonts, tones: tonesOf(order.scene), frame });
    const drawing = drawGround(order.scene, canvas) + set.marks + set.lines.map(textElement).join('');
    return this.rasterise(groundSvg(canvas, scaleOf(order.format), drawing), set.lines);
  }

  private async ground(order: CardOrder): Promise<Ground> {
    const { scene, format, travel, index } = order;
    const axis = scene.template === 'night' ? 'y' : 'x';
    const scale = scaleOf(format);
    const margin = travel / 2 / scale;
    const canvas: Canvas = {
      ...frameOf(format),
      marginX: axis === 'x' ? margin : 0,
      marginY: axis === 'y' ? margin : 0,
      variant: index,
    };
    const drawing = drawGround(scene, canvas);
    return { png: await this.rasterise(groundSvg(canvas, scale, drawing)), axis, direction: axis === 'y' || index % 2 === 0 ? 1 : -1 };
  }

  private async words(scene: Scene, format: FilmFormat): Promise<Words> {
    const scale = scaleOf(format);
    const frame = frameOf(format);
    const set = setWords(scene, { fonts: this.fonts, tones: tonesOf(scene), frame });
    const bounds = boundsOf(set.lines);
    const x = Math.max(0, Math.floor(bounds.left * scale));
    const y = Math.max(0, Math.floor(bounds.top * scale));
    const width = Math.min(format.width, Math.ceil(bounds.right * scale)) - x;
    const height = Math.min(format.height, Math.ceil(bounds.bottom * scale)) - y;
    const box = [x, y, width, height].map((value) => px(value / scale)).join(' ');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}">${set.marks}${set.lines.map(textElement).join('')}</svg>`;
    return { png: await this.rasterise(svg, set.lines), x, y };
  }

  /** The machine's own fonts are asked only for scripts that ours do not have: empty boxes would be worse than another look. */
  private async rasterise(svg: string, lines: readonly Line[] = []): Promise<Uint8Array> {
    const covered = lines.every((line) => line.style.face.metrics.covers(line.text));
    const image = await renderAsync(svg, {
      font: { fontFiles: [...this.fonts.files], loadSystemFonts: !covered, defaultFontFamily: 'Inter' },
      textRendering: 2,
    });
    return image.asPng();
  }
}

function frameOf(format: FilmFormat): { width: number; height: number; tall: boolean } {
  const scale = scaleOf(format);
  return { width: format.width / scale, height: format.height / scale, tall: isTall(format) };
}

function tonesOf(scene: Scene): Tones {
  return PALETTE[scene.area];
}

function drawGround(scene: Scene, canvas: Canvas): string {
  return scene.template === 'night' ? nightGround(canvas, tonesOf(scene), scene.days) : paperGround(canvas, tonesOf(scene));
}
