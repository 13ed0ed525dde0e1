import type { LifeArea } from '@selfos/kernel';
import type { Temporal } from 'temporal-polyfill';
import { readDay } from '../time/day.js';
import type { WhenFound } from '../time/when.js';
import type { DraftGoal } from './plan-draft.js';
import type { Practice } from './practices/index.js';

const LEADING = /^(?:a|an|the|my|another|new|some)\s+/i;
const NAMES = /^(?:spanish|french|german|italian|portuguese|english|japanese|chinese|mandarin|arabic|russian|korean|dutch|swedish|turkish|greek|hindi|python|javascript|java|typescript|excel|sql)$/i;
const UPPER = /^sql$/i;
const AMOUNT = /\d[\d.,]*\s?(?:kg|kilos?|pounds|lbs|km|miles|euros?|dollars?|€|\$|£|books?|words|pages|%)?|[€$£]\s?\d[\d.,]*/i;

/** What the practice is about in this sentence ("Spanish", "novel", "5 kg"); "it" when nothing was named. */
export function subjectOf(practice: Practice, text: string): string {
  const subject = practice.pattern.exec(text)?.groups?.['subject']?.replace(LEADING, '').trim() ?? '';
  if (subject === '') return 'it';
  if (/^(?:to )?code$/i.test(subject)) return 'coding';
  if (UPPER.test(subject)) return subject.toUpperCase();
  if (NAMES.test(subject)) return `${subject.charAt(0).toUpperCase()}${subject.slice(1).toLowerCase()}`;
  return subject.replace(/[\s-]+$/, '');
}

interface Wanted {
  readonly area: LifeArea;
  readonly words: string;
  readonly today: Temporal.PlainDate;
}

/** A goal for an aim: the practice's own, or one made of the person's words when they named a date. */
export function draftGoal(practice: Practice | undefined, found: WhenFound, wanted: Wanted): DraftGoal | undefined {
  const named = targetPhrase(found, wanted.today);
  const pattern = practice?.goal;
  if (practice === undefined || pattern === undefined) return named === undefined ? undefined : plainGoal(wanted, named);
  const fill = (text: string): string => text.replaceAll('{subject}', subjectOf(practice, wanted.words)).replaceAll('{amount}', amountOf(wanted.words, pattern.amount));
  return {
    title: fill(pattern.title), vision: pattern.vision, life_area: wanted.area, target: named ?? pattern.horizon,
    metric: fill(pattern.metric), milestone: pattern.milestone, milestone_in: pattern.milestoneIn,
  };
}

function plainGoal({ area, words }: Wanted, target: string): DraftGoal {
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 200);
  return { title, vision: 'Because you said that you want it.', life_area: area, target, metric: 'Done: 1 of 1', milestone: 'The first part that others could see', milestone_in: 'in 2 weeks' };
}

/** The phrase that says when it should be reached, when it names a day more than a week away. */
function targetPhrase(found: WhenFound, today: Temporal.PlainDate): string | undefined {
  const phrase = found.when.due ?? found.when.day;
  const days = phrase === undefined ? undefined : readDay(phrase, today);
  return days !== undefined && days.end.since(today).days > 7 ? phrase : undefined;
}

function amountOf(words: string, usual: string | undefined): string {
  const named = AMOUNT.exec(words)?.[0].replace(/\s*books?$/, '').trim();
  return named ?? usual ?? '1';
}
