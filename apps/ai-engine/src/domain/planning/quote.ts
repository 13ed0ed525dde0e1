/** Somebody's own words as a quotation: one line, not too long, ending as a sentence. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > 160 ? `${line.slice(0, 157)}…` : line;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
