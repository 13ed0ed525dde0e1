const HEDGE = "(?:maybe|perhaps|possibly|probably|hopefully|i guess|i suppose|i think|i hope|or so|or something(?: like that)?|or whatever|if (?:that['’]?s )?possible|if i can|if you can|when i can|at some point|some ?time|thanks|thank you|please)";
const TRAILING = new RegExp(`(?:[\\s,;(–-]+${HEDGE}\\)?)+[\\s.!?)]*$`, 'i');
const LEADING = /^(?:maybe|perhaps|possibly|i guess|i suppose|i think|hopefully)[\s,]+(?=\S)/i;

/** A sentence without the hesitation around it: "Buy milk tomorrow, maybe" is about milk. */
export function withoutHedges(text: string): string {
  const end = /[?]\s*$/.test(text) ? '?' : '';
  const bare = text.replace(TRAILING, '').trim();
  return bare === '' ? text : `${bare === text.trim() ? bare : `${bare}${end}`}`.replace(LEADING, '');
}
