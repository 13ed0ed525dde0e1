import type { LifeArea } from '@selfos/kernel';
import type { Temporal } from 'temporal-polyfill';
import { readDay } from '../time/day.js';
import { findWhen, type WhenFound } from '../time/when.js';
import { strainsOf, type Consideration } from './care.js';
import { startsWithVerb, type Clause } from './clauses.js';
import { draftGoal, subjectOf } from './draft-goal.js';
import { habitGoal } from './habit-goal.js';
import { lifeAreaOf, practiceFor, starterOf } from './life-area-of.js';
import type { PlanContext } from './plan.js';
import type { DraftGoal, DraftTask } from './plan-draft.js';
import { PRACTICES, type Practice } from './practices/index.js';

export interface ClauseDraft {
  readonly tasks: readonly DraftTask[];
  readonly goal?: DraftGoal;
  readonly media: readonly string[];
  readonly respected: readonly Consideration[];
  readonly assumptions: readonly string[];
  readonly why?: string;
}

export interface Situation {
  readonly context: PlanContext;
  readonly today: Temporal.PlainDate;
  readonly low: boolean;
  readonly respected: readonly Consideration[];
  /** The person wants it as asked, whatever it costs. */
  readonly insists: boolean;
}

interface Reading {
  readonly clause: Clause;
  readonly found: WhenFound;
  readonly area: LifeArea;
  readonly practice: Practice | undefined;
  readonly certain: boolean;
}

const SMALL_MINUTES = 10;
const LONG_FIRST_TASK = 15;
const USUAL_MINUTES = 30;
const USUAL_ENERGY = 2;
const A_WEEKEND = 2;
const A_WEEK = 7;
const A_FORTNIGHT = 14;
const WEEKLY_MINUTES = 45;
const QUICK_VERB = /^(?:call|ring|phone|email|text|message|pay|buy|book|send|cancel|renew|order|refill|sign|reply|ask|print|drop|mail|thank|transfer|move|register)\b/i;
const TROUBLE = /\bi (?:keep \w+ing|argue|struggle|procrastinate|waste|have trouble|have problems|find it hard|can['’]?t (?:sleep|focus|stop|concentrate|seem)|fight|feel (?:lost|empty|stuck|without))\b|\btoo (?:much|many|little|few)\b/i;
/** Wishes too wide for a task of their own words. */
const VAGUE = /^(?:something|anything|be|feel|become|have a better|get (?:better|more)|live|change my life|give|suggest|find (?:me )?(?:something|anything))\b|\b(?:plan|routine|program(?:me)?)$/i;
/** "Plan my workout for tomorrow": what is wanted is the practice, on that day. */
const ASKS_FOR_PRACTICE = /^(?:give|suggest|create|make|plan|design|build|write|draw up)\b.*\b(?:plan|routine|program(?:me)?|work ?out|session|exercises?|practice)\b/i;
/** What takes place on its day, and takes work before it. */
const OCCASION = /^(?:plan|organi[sz]e|arrange|prepare)\b.*\b(?:wedding|party|birthday|trip|holidays?|vacation|journey|honeymoon|conference|event|reunion|anniversary|festival|concert|christmas|celebration|ceremony|workshop|retreat|exhibition|tournament|funeral|fair|launch|move)\b/i;
const PREPARATION = /^(?:prepare|get ready|study|pack|train|rehearse|practi[cs]e|revise)\b.*\bfor\b/i;

/** Plans one part of a message; undefined when it asks for nothing that can be planned. */
export function draftClause(clause: Clause, situation: Situation): ClauseDraft | undefined {
  const found = findWhen(clause.body, situation.today);
  const { area, certain } = lifeAreaOf(clause.text, situation.context.lifeAreas, found.rest);
  const practice = suited(practiceFor(clause.text, area), situation);
  const reading: Reading = { clause, found, area, practice, certain };
  if (clause.kind === 'question') return undefined;
  if (clause.kind === 'statement') return practice !== undefined && isTrouble(clause, practice, situation) ? fromPractice(reading, practice, situation) : undefined;
  if (practice !== undefined && !isConcrete(reading, practice, situation.today)) return fromPractice(reading, practice, situation);
  const starter = practice === undefined && VAGUE.test(found.rest) ? starterOf(area) : undefined;
  if (starter !== undefined) return fromPractice(reading, suited(starter, situation) ?? starter, situation);
  if (!isTask(reading)) return undefined;
  if (OCCASION.test(found.rest) && isFarDay(found, situation.today)) return fromOccasion(reading, situation);
  return fromWords(reading, situation);
}

/** Whether a sentence about oneself names something that a practice helps with. */
function isTrouble(clause: Clause, practice: Practice, { low }: Situation): boolean {
  return practice.trouble === true || low || TROUBLE.test(clause.text);
}

/** Replaces a general practice by one the person likes, and never proposes what they dislike. */
function suited(practice: Practice | undefined, situation: Situation): Practice | undefined {
  if (practice === undefined) return undefined;
  const others = PRACTICES.filter((other) => other.area === practice.area && other.general !== true && other.goal === undefined && other.repeat !== '');
  const liked = practice.general === true ? others.find((other) => situation.respected.some((r) => r.liked === true && other.pattern.test(r.said))) : undefined;
  if (liked !== undefined && strainsOf(liked, situation.respected).length === 0) return liked;
  return practice;
}

/** Whether the words themselves make the task, or name a wish that a practice answers. */
function isConcrete({ clause, found, practice }: Reading, fallback: Practice, today: Temporal.PlainDate): boolean {
  if (fallback.aim === true && found.when.repeat === undefined) return false;
  const { repeat, at, day, due } = found.when;
  if (ASKS_FOR_PRACTICE.test(clause.body)) return false;
  if (clause.kind === 'wish') return repeat !== undefined || at !== undefined || lengthOfDays(day, today) <= A_WEEK + 1;
  if (repeat ?? at ?? day ?? due) return true;
  return practice?.goal === undefined && found.rest.split(' ').length > 1;
}

/** How many days the phrase spans; without end when it names none. */
function lengthOfDays(day: string | undefined, today: Temporal.PlainDate): number {
  const days = day === undefined ? undefined : readDay(day, today);
  return days === undefined ? Infinity : days.end.since(days.start).days + 1;
}

function isTask({ clause, found, certain }: Reading): boolean {
  if (found.rest.length < 3 || found.rest.length > 200) return false;
  const timed = [found.when.repeat, found.when.at, found.when.day, found.when.due].some((phrase) => phrase !== undefined) || found.minutes !== undefined;
  return clause.kind === 'wish' || startsWithVerb(found.rest) || timed || (certain && found.rest.split(' ').length <= 6 && clause.kind === 'command');
}

/** How a practice is done here: the body, the mood and the hour decide. */
interface Fit {
  readonly strains: readonly Consideration[];
  readonly gentle: Practice['gentle'];
  readonly energy: number;
}

function fitOf(practice: Practice | undefined, situation: Situation): Fit {
  const strains = practice === undefined || situation.insists ? [] : strainsOf(practice, situation.respected);
  const gentle = strains.length > 0 ? practice?.gentle : undefined;
  const energy = practice?.energy ?? USUAL_ENERGY;
  return { strains, gentle, energy: situation.low || gentle !== undefined ? Math.min(USUAL_ENERGY, energy) : energy };
}

function fromPractice(reading: Reading, practice: Practice, situation: Situation): ClauseDraft {
  const { clause, found } = reading;
  const fit = fitOf(practice, situation);
  const timing = preferredTime(practice.at, situation);
  const day = lengthOfDays(found.when.day, situation.today) <= A_WEEKEND ? found.when.day : undefined;
  const wantsGoal = (clause.kind === 'wish' || practice.aim === true) && fit.strains.length === 0;
  const goal = wantsGoal && day === undefined ? goalOf(reading, practice, situation) : undefined;
  const main = practiceTask(reading, practice, { ...fit, at: timing.at, day, low: situation.low });
  return {
    tasks: withFirstStep(goal === undefined ? main : { ...main, priority: 4 }, practice, goal !== undefined),
    ...(goal === undefined ? {} : { goal }),
    media: fit.gentle === undefined ? (practice.media ?? []) : [],
    respected: [...fit.strains, ...timing.because, ...likes(practice, situation)],
    assumptions: assumptions(found, { at: timing.at, repeat: practice.repeat }, day !== undefined),
    ...(fit.gentle === undefined ? { why: practice.why } : {}),
  };
}

/** The practice's own goal, or one of the words with their date; for a wish without either, some weeks of the habit. */
function goalOf({ clause, found }: Reading, practice: Practice, { today, low }: Situation): DraftGoal | undefined {
  const goal = draftGoal(practice, found, { area: practice.area, words: found.rest, today });
  const isAim = clause.kind === 'wish' && practice.trouble !== true && !low;
  return goal ?? (isAim ? habitGoal(found.rest, practice.area, found.when.repeat ?? practice.repeat) : undefined);
}

function practiceTask({ clause, found }: Reading, practice: Practice, fit: Fit & { readonly at: string; readonly day: string | undefined; readonly low: boolean }): DraftTask {
  return {
    title: (fit.gentle?.title ?? practice.title).replaceAll('{subject}', subjectOf(practice, clause.text)),
    description: fit.gentle?.description ?? practice.description,
    life_area: practice.area,
    priority: 3,
    energy_required: fit.energy,
    duration_minutes: lengthOf(found.minutes ?? practice.minutes, fit.low),
    when: { repeat: found.when.repeat, at: found.when.at, day: fit.day },
    usual: { repeat: practice.repeat === '' ? undefined : practice.repeat, at: fit.at },
    first_step: false,
  };
}

/** About half, and ten minutes at most, when the mood is low. */
function lengthOf(minutes: number, low: boolean): number {
  return low ? Math.min(SMALL_MINUTES, minutes, Math.ceil(minutes / 10) * 5) : minutes;
}

/** A goal starts with a step of a quarter of an hour at most; the practice itself, when it is that short. */
function withFirstStep(main: DraftTask, practice: Pick<Practice, 'small' | 'at' | 'area'>, goal: boolean): DraftTask[] {
  if (!goal || main.duration_minutes <= LONG_FIRST_TASK) return [{ ...main, first_step: goal }];
  const step: DraftTask = {
    title: practice.small, life_area: practice.area, priority: 4, energy_required: 1, duration_minutes: SMALL_MINUTES,
    when: {}, usual: { day: 'tomorrow', at: practice.at }, first_step: true,
  };
  return [main, step];
}

function fromWords(reading: Reading, situation: Situation): ClauseDraft {
  const { found, area, practice } = reading;
  const fit = fitOf(practice, situation);
  const timing = found.when.at === undefined ? preferredTime(practice?.at ?? 'at 10:00', situation) : { at: found.when.at, because: [] };
  const goal = reading.clause.kind === 'wish' && practice?.goal === undefined ? draftGoal(undefined, found, { area, words: found.rest, today: situation.today }) : undefined;
  const task = wordedTask(reading, situation, { ...fit, at: timing.at });
  return {
    tasks: goal === undefined ? [task] : withFirstStep(task, { small: practice?.small ?? `Write down the first hour of: ${task.title}`.slice(0, 200), at: timing.at, area }, true),
    ...(goal === undefined ? {} : { goal }),
    media: found.when.repeat === undefined || fit.gentle !== undefined ? [] : (practice?.media ?? []),
    respected: [...fit.strains, ...timing.because],
    assumptions: [...filedUnder(reading), ...chosenFor(found, timing.at)],
  };
}

/** Whether a day is named, not a month or an end of time, and there are weeks until then. */
function isFarDay({ when: { day, due } }: WhenFound, today: Temporal.PlainDate): boolean {
  const days = due === undefined ? readDay(day ?? '', today) : undefined;
  return days !== undefined && lengthOfDays(day, today) <= A_WEEKEND && days.end.since(today).days > A_FORTNIGHT;
}

/** A wedding in June: its day is the goal's, and a first step and an hour a week lead there. */
function fromOccasion({ found, area }: Reading, situation: Situation): ClauseDraft {
  const name = titleFrom(found.rest);
  const day = found.when.day ?? '';
  const until = `until ${day.replace(/^(?:on|for|at|in)\s+/i, '')}`;
  const shared = { life_area: area, energy_required: USUAL_ENERGY, priority: 4 };
  const weekly: DraftTask = { ...shared, title: name, duration_minutes: situation.low ? SMALL_MINUTES : WEEKLY_MINUTES, when: { repeat: 'every Saturday', due: until }, usual: { at: 'at 10:00' }, first_step: false };
  const first: DraftTask = { ...shared, title: `Write down all that it takes to ${name.charAt(0).toLowerCase()}${name.slice(1)}`.slice(0, 200), energy_required: 1, duration_minutes: SMALL_MINUTES, when: {}, usual: { day: 'tomorrow', at: 'at 18:00' }, first_step: true };
  const goal: DraftGoal = {
    title: name, vision: 'To have it ready in good time, and to be there with a free head.', life_area: area, target: day, metric: 'Everything on the list done: 100 % by the day',
    milestone: 'The list, with what has to be booked first', milestone_in: 'in 2 weeks',
  };
  return { tasks: [first, weekly], goal, media: [], respected: [], assumptions: ['I chose how often (every Saturday) and the times; say if something else suits you better.'] };
}

function wordedTask({ found, area, practice }: Reading, situation: Situation, fit: Fit & { readonly at: string }): DraftTask {
  const usual = QUICK_VERB.test(found.rest) ? LONG_FIRST_TASK : isAppointment(found) ? USUAL_MINUTES : (practice?.minutes ?? USUAL_MINUTES);
  const minutes = found.minutes ?? (situation.low ? Math.min(SMALL_MINUTES, usual) : usual);
  return {
    title: fit.gentle?.title ?? titleFrom(found.rest),
    ...(fit.gentle === undefined ? {} : { description: fit.gentle.description }),
    life_area: area,
    priority: found.when.due === undefined ? 3 : 4,
    energy_required: fit.energy,
    duration_minutes: minutes,
    when: whenOf(found),
    usual: { at: fit.at, repeat: habitOf(found, practice) },
    first_step: false,
  };
}

/** "Dentist on Friday at 3pm": somebody is met, at a day and an hour. */
function isAppointment({ when: { at, day, repeat }, rest }: WhenFound): boolean {
  return day !== undefined && repeat === undefined && /\d/.test(at ?? '') && !startsWithVerb(rest);
}

/** "Read before bed": a time tied to the day's course, without a day, means a habit where the practice is one. */
function habitOf({ when }: WhenFound, practice: Practice | undefined): string | undefined {
  const anchored = when.at !== undefined && !/\d|tonight|this/i.test(when.at) && when.day === undefined && when.due === undefined;
  return anchored && practice?.repeat === 'every day' ? practice.repeat : undefined;
}

/** "Prepare for my interview on March 20": the day is the event's, so the work is due before it. */
function whenOf(found: WhenFound): WhenFound['when'] {
  const { day, due, ...others } = found.when;
  if (day !== undefined && due === undefined && PREPARATION.test(found.rest)) return { ...others, due: `by ${day.replace(/^(?:on|for|at)\s+/i, '')}` };
  return found.when;
}

function preferredTime(usual: string, situation: Situation): { at: string; because: Consideration[] } {
  const preference = situation.respected.find(({ at }) => at !== undefined);
  const fits = preference?.at === undefined || !/morning|evening|0[5-9]:|1[7-9]:|2\d:/.test(usual) || usual.includes(preference.at.replace('in the ', ''));
  const bound = /bed|dinner|lunch|breakfast|1[0-6]:/.test(usual);
  if (preference?.at === undefined || fits || bound) return { at: usual, because: [] };
  return { at: preference.at, because: [preference] };
}

function likes(practice: Practice, situation: Situation): Consideration[] {
  return situation.respected.filter(({ liked, said }) => liked === true && practice.pattern.test(said)).slice(0, 1);
}

function assumptions(found: WhenFound, { at, repeat }: { readonly at: string; readonly repeat: string }, once: boolean): string[] {
  const time = found.when.at === undefined ? [`the time (${at.replace(/^at /, '')})`] : [];
  const often = found.when.repeat === undefined && repeat !== '' && !once ? [`how often (${repeat})`] : [];
  const chosen = [...often, ...time];
  return chosen.length === 0 ? [] : [`I chose ${chosen.join(' and ')}; say if something else suits you better.`];
}

const filedUnder = ({ certain, area }: Reading): string[] => (certain ? [] : [`I filed it under ${area.replace('_', ' ')}.`]);

/** What was left open, and how it was filled in. */
function chosenFor({ when: { repeat, at, day, due } }: WhenFound, usual: string): string[] {
  if (at !== undefined) return [];
  const isOpen = repeat === undefined && day === undefined && due === undefined;
  return [`I chose ${isOpen ? 'the day and ' : ''}the time (${usual.replace(/^at /, '')}); say if something else suits you better.`];
}

/** The person's own words as a title. */
function titleFrom(words: string): string {
  const clean = words.replace(/^(?:to|that i|i)\s+/i, '').replace(/^(?:want|need|have|would like|['’]d like) to\s+/i, '').replace(/^(?:start|begin) (?=\w+ing\b)/i, '').replace(/^(spend|block|take) (?=(?:with|in|for|on)\b)/i, '$1 time ').trim();
  return `${clean.charAt(0).toUpperCase()}${clean.slice(1)}`.slice(0, 200);
}
