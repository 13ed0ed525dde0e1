import { Temporal } from 'temporal-polyfill';
import { findMoments } from '../time/moments/find-moments.js';
import { localNow } from '../time/resolve-schedule.js';
import type { PlanRequest } from './plan.js';
import type { DraftTask, PlanDraft } from './plan-draft.js';

/** A date by number: "2026-03-20", "20 March", "March 20th", "3/20". Phrases such as "by Friday" are the resolver's to compute. */
const BY_NUMBER = /\d{4}-\d{1,2}-\d{1,2}|\b\d{1,2}[/.]\d{1,2}\b|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b/i;
const LEFT_OUT = 'I left out a date that you had not named.';

/**
 * A model's draft without the dates that it computed: a date by number stands only when the person named that very day, now or before.
 * What is left out is said.
 */
export function trustDates(draft: PlanDraft, request: PlanRequest, said: readonly string[]): PlanDraft {
  const now = localNow(request);
  const days = new Set([request.message, ...said, ...request.memories.map(({ text }) => text)].flatMap((text) => daysIn(text, now)));
  const isTrusted = (phrase: string | undefined): boolean => phrase === undefined || !BY_NUMBER.test(phrase) || daysIn(phrase, now).some((day) => days.has(day));
  const tasks = draft.tasks.map((task) => withTrusted(task, isTrusted));
  const isChanged = tasks.some((task, index) => task !== draft.tasks[index]);
  const goals = draft.goals.map((goal) => ({ ...goal, target: isTrusted(goal.target) ? goal.target : 'in twelve weeks', milestone_in: isTrusted(goal.milestone_in) ? goal.milestone_in : 'in four weeks' }));
  return { ...draft, tasks, goals, assumptions: isChanged ? [...draft.assumptions, LEFT_OUT].slice(-10) : draft.assumptions };
}

function withTrusted(task: DraftTask, isTrusted: (phrase: string | undefined) => boolean): DraftTask {
  const entries = Object.entries(task.when);
  const kept = entries.filter(([, phrase]) => isTrusted(phrase));
  return kept.length === entries.length ? task : { ...task, when: Object.fromEntries(kept) };
}

const daysIn = (text: string, now: Temporal.PlainDateTime): string[] => findMoments(text, now).flatMap(({ date, until }) => [date, until?.date].filter((day) => day !== undefined));
