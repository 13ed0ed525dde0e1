import { type Profile, VALUE_NAMES } from './profile.js';

/** Whether two profiles say the same; how sure they are and what they rest on is left aside. */
export function sayTheSame(one: Profile, other: Profile): boolean {
  return VALUE_NAMES.every((name) => JSON.stringify([one[name]?.value, one[name]?.locked]) === JSON.stringify([other[name]?.value, other[name]?.locked]));
}
