import { extractSaid } from '../../remembering/extract-said.js';
import { named } from '../agenda/match-words.js';
import type { PlanRequest } from '../plan.js';
import { quote } from '../quote.js';
import type { ChangeDraft } from './wish.js';

const REMEMBER = /^(?:please )?(?:can you |could you )?(?:remember|note(?: down)?|keep in mind|make a note|bear in mind|don['’]t forget)(?: that| of| this)?:? (?<what>(?!to\b|me\b|the (?:milk|key)).{4,500})$/i;
const FORGET = /^(?:please )?(?:can you |could you )?forget (?:what (?:i (?:said|told you)|you know) (?:about|of) |that |about |the (?:memory|fact) (?:about|that|of) |everything about )?(?<what>.{3,200})$/i;
const MOST_FORGOTTEN = 3;

/** "Remember that my sister is called Ann", "forget about my knee": what a person asks of memory, in their own words. */
export function readMemoryWish(plain: string, request: PlanRequest): ChangeDraft | undefined {
  const text = plain.replace(/[.!?\s]+$/, '');
  const kept = REMEMBER.exec(text)?.groups?.['what']?.trim();
  if (kept !== undefined && request.message.includes(kept)) return { changes: [{ op: 'remember', type: extractSaid(kept)[0]?.type ?? 'preference', text: kept }], assumptions: [] };
  const gone = FORGET.exec(text)?.groups?.['what'];
  if (gone === undefined) return undefined;
  const found = named(gone, request.memories.map((memory) => ({ ...memory, title: memory.text }))).slice(0, MOST_FORGOTTEN);
  if (found.length === 0) return { changes: [], reply: 'I remember nothing about that.', assumptions: [] };
  return { changes: found.map(({ id }) => ({ op: 'forget', id })), reply: `I forget this: ${found.map((memory) => `“${quote(memory.text)}”`).join(', ')}`, assumptions: [] };
}
