/** The frame in design units (short side 1080) and how much further the ground reaches, centred on the frame. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly tall: boolean;
  /** Half of the travel on each side, in design units; 0 on the axis that rests. */
  readonly marginX: number;
  readonly marginY: number;
  /** Which of several pictures: neighbours differ. */
  readonly variant: number;
}

/** Wraps a drawing that thinks in the frame's coordinates so that it fills the ground. */
export function groundSvg(canvas: Canvas, scale: number, drawing: string): string {
  const width = canvas.width + canvas.marginX * 2;
  const height = canvas.height + canvas.marginY * 2;
  const box = `${-canvas.marginX} ${-canvas.marginY} ${width} ${height}`;
  const pixels = `width="${Math.round(width * scale)}" height="${Math.round(height * scale)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" ${pixels} preserveAspectRatio="none">${drawing}</svg>`;
}

/** A rectangle over the whole ground. */
export function everywhere(canvas: Canvas, fill: string): string {
  return `<rect x="${-canvas.marginX}" y="${-canvas.marginY}" width="${canvas.width + canvas.marginX * 2}" height="${canvas.height + canvas.marginY * 2}" fill="${fill}"/>`;
}
