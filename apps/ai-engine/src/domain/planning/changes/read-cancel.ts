import type { Temporal } from 'temporal-polyfill';
import { findWhen } from '../../time/when.js';
import { cleanObject, PRONOUN, type Wish } from './wish.js';

const CANCEL = /^(?:no,? )?(?:please )?(?:cancel|delete|remove|drop|scrap|get rid of|scratch|forget about|take away|throw out|stop reminding me (?:to|of|about)) (?<what>.+)$/i;
const NO_LONGER = /^i (?:don['’]t|do not|no longer) (?:want|need)(?: to)? (?<what>.+?)(?: any ?more| any longer)$/i;
const NO_MORE = /^no more (?<what>.+)$/i;
/** What is cancelled elsewhere: that is something to do, not something to take off the list. */
const ELSEWHERE = /\b(?:member ?ship|subscription|order|contract|booking|reservation|insurance|account|policy|flight|hotel|ticket|trial|newsletter|netflix|spotify)\b/i;
const ONE_DAY = /\b(?:today|tonight|tomorrow|this (?:week|morning|evening)|(?:on |this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i;
const FITS = 0.5;

/** "Cancel my workout", "delete that", "I don't want to run any more"; undefined when nothing is to be taken away. */
export function readCancel(plain: string, today: Temporal.PlainDate): Wish | undefined {
  const text = plain.replace(/[.!?\s]+$/, '').replace(/[\s,]+please$/i, '');
  const sure = (CANCEL.exec(text) ?? NO_LONGER.exec(text))?.groups?.['what'];
  const what = sure ?? NO_MORE.exec(text)?.groups?.['what'];
  if (what === undefined || ELSEWHERE.test(what)) return undefined;
  const words = cleanObject(findWhen(what, today).rest);
  const goal = /\bgoal\b/i.test(what) ? ({ goal: true } as const) : {};
  const assumption = ONE_DAY.test(what) ? { assumption: 'I took it out altogether, not for that one day.' } : {};
  if (PRONOUN.test(words)) return { op: 'cancel', words: '', certain: true, least: FITS, change: {}, ...assumption };
  const certain = sure !== undefined && /^(?:my|the|that|this)\b|\b(?:task|reminder|goal|habit)\b/i.test(what) && !/^(?:drop|remove|take|throw)/i.test(text);
  return { op: 'cancel', words: words.replace(/^goal (?:to |of |for )?/i, ''), certain, least: FITS, change: {}, ...goal, ...assumption };
}
