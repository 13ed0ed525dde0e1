import { describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import { LIFE_AREAS } from '@selfos/kernel';
import { FontBook } from '../src/adapters/resvg/fonts.js';
import { ResvgCardPainter } from '../src/adapters/resvg/resvg-card-painter.js';
import { setWords } from '../src/adapters/resvg/scene-words.js';
import { textElement } from '../src/adapters/resvg/svg.js';
import { breakLines, fitText, widthOf } from '../src/adapters/resvg/typesetter.js';
import { PALETTE } from '../src/domain/film/palette.js';
import type { Scene } from '../src/domain/film/scene.js';

const fonts = new FontBook();
const painter = new ResvgCardPainter(fonts);
const TALL = { name: 'tall', width: 1080, height: 1920 } as const;
const WIDE = { name: 'wide', width: 1920, height: 1080 } as const;
const LONG = 'Every morning before anyone else was awake you sat at the kitchen table and wrote one page of the notebook, and on Saturday it was two, because nobody came.';
const night: Scene = { template: 'night', area: 'career', label: 'x', sentence: LONG, footnote: 'Thursday: 120 minutes.', figure: '5 h 45', unit: 'of deep work', days: [50, 90, 20, 120, 80, 0, 5], initials: [...'MTWTFSS'] };
const paper = (sentence: string): Scene => ({ template: 'paper', area: 'health', label: 'Health · Tuesday', sentence, footnote: 'Two of three runs. The third waits for Sunday.' });

function drawn(svg: string, width: number, height: number): Buffer {
  const document = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
  return Buffer.from(new Resvg(document, { font: { fontFiles: [...fonts.files], loadSystemFonts: false } }).render().pixels);
}

const inked = (pixels: Buffer): number => {
  let count = 0;
  for (let i = 3; i < pixels.length; i += 4) if ((pixels[i] ?? 0) > 127) count += 1;
  return count;
};

describe('the fonts that come along', () => {
  it.each(['serif', 'figure', 'label', 'note'] as const)('draw glyphs of %s, each letter its own', (name) => {
    const style = { face: fonts.face(name), size: 60 };
    const picture = (text: string): Buffer => drawn(textElement({ text, x: 20, y: 80, style, colour: '#000' }), 120, 120);
    expect(inked(picture('A'))).toBeGreaterThan(200);
    expect(picture('A').equals(picture('B'))).toBe(false);
    expect(inked(picture(' '))).toBe(0);
  });

  it('are measured as they are drawn, never narrower', () => {
    for (const name of ['serif', 'figure', 'label', 'note'] as const) {
      const style = { face: fonts.face(name), size: 80 };
      for (const text of ['Waverly Avenue, 14:30', 'minimum', 'ÄÖÜ – naïve façade']) {
        const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="200">${textElement({ text, x: 0, y: 100, style, colour: '#000' })}</svg>`;
        const box = new Resvg(svg, { font: { fontFiles: [...fonts.files], loadSystemFonts: false } }).getBBox();
        expect(box?.width).toBeGreaterThan(0);
        expect(widthOf(text, style)).toBeGreaterThan((box?.width ?? 0) * 0.97);
        expect(widthOf(text, style)).toBeLessThan((box?.width ?? 0) * 1.08);
      }
    }
  });

  it('know which characters they lack', () => {
    const { metrics } = fonts.face('serif');
    expect(metrics.covers('Grüße, Åsa – “ça va”')).toBe(true);
    expect(metrics.covers('散歩')).toBe(false);
  });
});

describe('line breaking', () => {
  const style = { face: fonts.face('serif'), size: 84 };

  it('keeps every word in order, no line wider than the column, the lines even', () => {
    const lines = breakLines(LONG, style, 888);
    expect(lines.join(' ')).toBe(LONG);
    const widths = lines.map((line) => widthOf(line, style));
    for (const width of widths) expect(width).toBeLessThanOrEqual(888);
    expect(Math.min(...widths)).toBeGreaterThan(888 * 0.4);
  });

  it('cuts a word that no line can hold, and shortens what no size can', () => {
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
    expect(breakLines(word, style, 500).join('')).toBe(word);
    const fitted = fitText(LONG, { face: fonts.face('serif'), sizes: [[84, 2]], width: 400 });
    expect(fitted.lines).toHaveLength(2);
    expect(fitted.lines.at(-1)).toMatch(/…$/);
  });
});

describe('a card', () => {
  it.each([TALL, WIDE])('keeps its words inside the frame’s margins: $name', (format) => {
    const frame = { width: format.width, tall: format.name === 'tall' };
    for (const scene of [paper('You ran before sunrise, twice.'), paper(LONG), paper('W'.repeat(200)), night]) {
      for (const line of setWords(scene, { fonts, tones: PALETTE.health, frame }).lines) {
        expect(line.x).toBeGreaterThanOrEqual(90);
        expect(line.x + widthOf(line.text, line.style)).toBeLessThanOrEqual(format.width - 90);
        expect(line.y).toBeLessThanOrEqual(format.name === 'tall' ? 1590 : 1030);
        expect(line.y - line.style.size).toBeGreaterThanOrEqual(format.name === 'tall' ? 180 : 60);
      }
    }
  });

  it('has a ground that is larger than the frame by the camera’s travel, on one axis', async () => {
    const sideways = await painter.paint({ scene: paper('Short.'), format: TALL, travel: 151, index: 0 });
    expect(sideways.ground).toMatchObject({ axis: 'x', direction: 1 });
    expect(sizeOf(sideways.ground.png)).toEqual([1080 + 151, 1920]);
    const upwards = await painter.paint({ scene: night, format: TALL, travel: 151, index: 1 });
    expect(upwards.ground.axis).toBe('y');
    expect(sizeOf(upwards.ground.png)).toEqual([1080, 1920 + 151]);
  });

  it('fits small frames to the pixel', async () => {
    const { ground } = await painter.paint({ scene: paper('Short.'), format: { name: 'tall', width: 360, height: 640 }, travel: 77, index: 2 });
    expect(sizeOf(ground.png)).toEqual([360 + 77, 640]);
  });

  it('lets the days be the picture: another week, other ridges', async () => {
    const of = async (days: number[]): Promise<Uint8Array> => (await painter.paint({ scene: { ...night, days } as Scene, format: TALL, travel: 0, index: 0 })).ground.png;
    expect(Buffer.from(await of([10, 0, 0, 0, 0, 0, 0])).equals(await of([0, 0, 0, 0, 0, 0, 10]))).toBe(false);
    expect(sizeOf(await of([0, 0, 0, 0, 0, 0, 0]))).toEqual([1080, 1920]);
  });

  it.each(LIFE_AREAS)('is the same bytes for the same words, in the hue of %s', async (area) => {
    const order = { scene: { ...paper('Words & <marks> "as" typed 🙂'), area } as Scene, format: { name: 'tall', width: 360, height: 640 } as const, index: 0 };
    const first = await painter.cover(order);
    expect(Buffer.from(await painter.cover(order)).equals(first)).toBe(true);
    expect(sizeOf(first)).toEqual([360, 640]);
  });
});

function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}
