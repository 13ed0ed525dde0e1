import { looksLikeOrders } from './orders.js';

/**
 * Whose words a text is. `said`: typed by the person in the message being answered. `own`: the person's or SelfOS's own from before:
 * earlier messages, titles of what was planned from them, memories that are spans of them. `foreign`: anything that came in from elsewhere: a
 * calendar, notes, the web, an image or what is written in it, a recording, what others shared.
 */
export type Origin = 'said' | 'own' | 'foreign';

const TRUSTED: ReadonlySet<Origin> = new Set<Origin>(['said', 'own']);

/** Whether a memory may be made from a text of that origin. Foreign words never become what SelfOS believes of a person. */
export function isTrustedSource(origin: Origin): boolean {
  return TRUSTED.has(origin);
}

/** A retrieved text that gives orders to its reader is foreign, wherever it says it is from. Trust is only ever taken away. */
export function originOf(text: string, claimed: Origin): Origin {
  return claimed === 'own' && looksLikeOrders(text) ? 'foreign' : claimed;
}
