import type { LifeArea } from '@selfos/kernel';
import { parseRule } from '@selfos/recurrence';
import { readRepeat } from '../time/repeat.js';
import type { DraftGoal } from './plan-draft.js';

const VISIONS: Readonly<Record<LifeArea, string>> = {
  health: 'To have a body that you are at ease in.',
  career: 'To do work that you can stand behind, and to stop in time.',
  relationships: 'To be somebody whom the people near you can count on.',
  creativity: 'To make things that were not there before.',
  finance: 'To know where you stand, and to sleep well.',
  personal_growth: 'To become a little more of whom you want to be.',
  spirituality: 'To live from a quiet middle.',
};
/** Words that ask SelfOS for something, and name no aim of the person's own. */
const ASKING = /^(?:give|suggest|find|create|make|plan|design|build|draw up|recommend|show)\b|\b(?:plan|routine|program(?:me)?|something|anything)$/i;
const WEEKS = 8;
/** Three times out of four: a goal that a bad week does not end. */
const KEPT = 0.75;
const DAYS_A_WEEK = 7;
const WEEKS_A_MONTH = 4;
const LONGEST_TITLE = 80;

/** How often a rhythm comes in a week. */
function perWeek(repeat: string): number {
  const read = readRepeat(repeat);
  if (read === undefined) return 0;
  const { freq, interval, byDay } = parseRule(read.rrule);
  const base = freq === 'DAILY' ? DAYS_A_WEEK : freq === 'WEEKLY' ? Math.max(1, byDay.length) : 1 / WEEKS_A_MONTH;
  return (base * read.perDay) / interval;
}

/** A goal for a wish that a habit answers: eight weeks of it, counted. Undefined when the words name no aim, or the habit has no rhythm. */
export function habitGoal(words: string, area: LifeArea, repeat: string): DraftGoal | undefined {
  const times = Math.round(perWeek(repeat) * WEEKS * KEPT);
  const title = words.replace(/^(?:to|that i|i)\s+/i, '').trim();
  if (times < 2 || title.length < 4 || title.length > LONGEST_TITLE || ASKING.test(title)) return undefined;
  return {
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`, vision: VISIONS[area], life_area: area, target: `in ${WEEKS} weeks`,
    metric: `Done ${times} times by the target date`, milestone: `The first ${Math.max(2, Math.round(times / 5))} times done`, milestone_in: 'in 2 weeks',
  };
}
