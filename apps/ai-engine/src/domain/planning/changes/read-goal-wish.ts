import type { Wish } from './wish.js';
import { cleanObject } from './wish.js';

const ACHIEVED = /^(?:i|we)(?:['’]ve| have)? (?:just |already |finally |also |now )*(?<verb>reached|achieved|accomplished|hit|met|completed|finished|made)(?: with)? (?<what>.+)$/i;
const OF_GOALS = /^(?:reached|achieved|accomplished)$/i;
const PROGRESS = /^(?:i(?:['’]m| am) (?:now )?(?:at )?(?<first>\d{1,3}) ?(?:%|percent) (?:of|through|done with|with|into) (?<rest>.+)|(?<what>.+?) (?:is|are) (?:now )?(?:at )?(?<n>\d{1,3}) ?(?:%|percent)(?: done| complete| finished)?)$/i;

const bare = (words: string): string => cleanObject(words.replace(/\b(?:goal|aim|target)s?\b(?: (?:to|of|for)\b)?/gi, ' '));

/** "I reached my savings goal", "My savings goal is at 30 %"; undefined when no goal is spoken of. */
export function readGoalWish(plain: string): Wish | undefined {
  const text = plain.replace(/[.!\s]+$/, '');
  return progressIn(text) ?? achievedIn(text);
}

function progressIn(text: string): Wish | undefined {
  const groups = PROGRESS.exec(text)?.groups;
  const percent = Number(groups?.['first'] ?? groups?.['n']);
  if (groups === undefined || percent > 100) return undefined;
  return { op: 'update', words: bare(groups['rest'] ?? groups['what'] ?? ''), certain: false, least: 0.5, goal: true, change: { progress: percent / 100 } };
}

function achievedIn(text: string): Wish | undefined {
  const { verb = '', what = '' } = ACHIEVED.exec(text)?.groups ?? {};
  if (!OF_GOALS.test(verb) && !/\bgoal\b/i.test(what)) return undefined;
  return { op: 'complete', words: bare(what), certain: false, least: 0.5, goal: true, change: {} };
}
