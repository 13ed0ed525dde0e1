import { describe, expect, it } from '@jest/globals';
import { LIFE_AREAS } from '@selfos/kernel';
import { contrast, INK_BLACK, INK_QUIET, mix, PALETTE, PAPER, PAPER_WHITE } from './palette.js';

describe('the palette', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(LIFE_AREAS)('keeps the text of %s readable on every ground it may stand on', (area) => {
    const { ink, wash, night } = PALETTE[area];
    expect(contrast(ink, wash)).toBeGreaterThanOrEqual(7.7);
    expect(contrast(ink, PAPER)).toBeGreaterThanOrEqual(7.7);
    expect(contrast(PAPER_WHITE, ink)).toBeGreaterThanOrEqual(7.7);
    expect(contrast(PAPER_WHITE, night)).toBeGreaterThanOrEqual(7.7);
    expect(contrast(INK_BLACK, wash)).toBeGreaterThanOrEqual(7.7);
    expect(contrast(INK_QUIET, mix(wash, PAPER, 0.5))).toBeGreaterThanOrEqual(7);
  });

  it('mixes colours channel by channel', () => {
    expect(mix('#000000', '#ff8000', 0.5)).toBe('#804000');
  });
});
