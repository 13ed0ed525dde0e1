/**
 * The widths of a TrueType font's glyphs, read from its own tables (OpenType 1.9: cmap formats 4 and 12, hmtx).
 * Kerning is left out: it makes Latin text narrower by a hair, so a line measured to fit does fit.
 */
export class FontMetrics {
  private readonly view: DataView;
  private readonly unitsPerEm: number;
  private readonly longMetrics: number;
  private readonly hmtx: number;
  private readonly glyphOf: (codePoint: number) => number;

  constructor(font: Uint8Array) {
    this.view = new DataView(font.buffer, font.byteOffset, font.byteLength);
    this.unitsPerEm = this.view.getUint16(this.table('head') + 18);
    this.longMetrics = this.view.getUint16(this.table('hhea') + 34);
    this.hmtx = this.table('hmtx');
    this.glyphOf = this.characterMap();
  }

  /** The advance of a text in pixels at a font size of `size` pixels, `tracking` em added after each glyph. */
  widthOf(text: string, size: number, tracking = 0): number {
    let units = 0;
    let glyphs = 0;
    for (const character of text) {
      const index = Math.min(this.glyphOf(character.codePointAt(0) ?? 0), this.longMetrics - 1);
      units += this.view.getUint16(this.hmtx + index * 4);
      glyphs += 1;
    }
    return (units / this.unitsPerEm + glyphs * tracking) * size;
  }

  /** Whether the font has a glyph for every character of the text. */
  covers(text: string): boolean {
    return [...text].every((character) => /\s/u.test(character) || this.glyphOf(character.codePointAt(0) ?? 0) !== 0);
  }

  private table(tag: string): number {
    const count = this.view.getUint16(4);
    for (let i = 0; i < count; i += 1) {
      const at = 12 + i * 16;
      if (this.text(at, 4) === tag) return this.view.getUint32(at + 8);
    }
    throw new Error(`The font has no table ${tag}`);
  }

  private text(at: number, length: number): string {
    return Array.from({ length }, (_, i) => String.fromCharCode(this.view.getUint8(at + i))).join('');
  }

  private characterMap(): (codePoint: number) => number {
    const cmap = this.table('cmap');
    const offsets = Array.from({ length: this.view.getUint16(cmap + 2) }, (_, i) => cmap + this.view.getUint32(cmap + 8 + i * 8));
    const full = offsets.find((at) => this.view.getUint16(at) === 12);
    if (full !== undefined) return (codePoint) => this.fromGroups(full, codePoint);
    const basic = offsets.find((at) => this.view.getUint16(at) === 4);
    if (basic === undefined) throw new Error('The font has no Unicode character map');
    return (codePoint) => this.fromSegments(basic, codePoint);
  }

  private fromGroups(at: number, codePoint: number): number {
    const groups = this.view.getUint32(at + 12);
    for (let i = 0; i < groups; i += 1) {
      const group = at + 16 + i * 12;
      const first = this.view.getUint32(group);
      if (codePoint >= first && codePoint <= this.view.getUint32(group + 4)) {
        return this.view.getUint32(group + 8) + codePoint - first;
      }
    }
    return 0;
  }

  private fromSegments(at: number, codePoint: number): number {
    const doubled = this.view.getUint16(at + 6);
    for (let i = 0; i < doubled; i += 2) {
      if (codePoint > this.view.getUint16(at + 14 + i)) continue;
      const first = this.view.getUint16(at + 16 + doubled + i);
      if (codePoint < first) return 0;
      const delta = this.view.getUint16(at + 16 + doubled * 2 + i);
      const rangeAt = at + 16 + doubled * 3 + i;
      const range = this.view.getUint16(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = this.view.getUint16(rangeAt + range + (codePoint - first) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  }
}
