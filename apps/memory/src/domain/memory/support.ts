import type { MemoryDraft } from './memory.js';

/** What a memory says, and the words of its span where it is not the span itself. */
export interface Statement {
  readonly draft: MemoryDraft;
  readonly text: string;
  readonly quote?: string | undefined;
}

/** Words that a retelling may add to what was said: they claim nothing. */
const HARMLESS = new Set('a an the i me my is are am was were be been has have had do does did to of in on at for with and or that this it as by from he she they their his her you your likes'.split(' '));

/**
 * Whether the place that a memory cites bears it out. A memory of a message is its span word for word, or a retelling whose
 * every word stands in the quoted span. Of an event or a plan there is nothing to compare with: the one's text is made of the event's
 * own, the other's was before the person when they let it take effect.
 */
export function isSupported({ draft: { source }, text, quote }: Statement): boolean {
  if (text.trim() === '') return false;
  if (source.kind !== 'message') return true;
  const span = source.end - source.start;
  if (quote === undefined) return text.length === span;
  const said = new Set(plainWords(quote));
  return quote.length === span && plainWords(text).every((word) => said.has(word) || HARMLESS.has(word));
}

function plainWords(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
