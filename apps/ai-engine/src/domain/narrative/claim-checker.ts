import { Temporal } from 'temporal-polyfill';
import { DAY_NAMES, MONTH_NAMES } from '../time/words.js';
import { datesOf, DAYS_OF_WEEK, groupBy, minutesByDay, sumOfMinutes, type Evidence, type GoalEvidence, type Material, type OccurrenceEvidence } from './evidence.js';
import { AREA_NAMES, NUMBER_WORDS, shortTitle } from './words.js';

export interface ClaimedSentence {
  readonly text: string;
  readonly evidenceIds: readonly string[];
}

/** What no record can prove: judgements, feelings, comparisons, praise. */
const UNPROVABLE =
  /\b(?:amazing|awesome|incredible|great|fantastic|perfect|wonderful|brilliant|impressive|excellent|outstanding|superb|best|worst|most|least|biggest|longest|hardest|record|always|never|finally|proud|happy|happily|sad|felt|feel|feeling|feelings|loved|enjoyed|hated|hero|champion|crush(?:ed|ing)|smash(?:ed|ing)|well done|congratulations|keep it up|more than|less than|(?:twice|half) as|as \w+ as|better than|again and again|because)\b/i;
/** Words that may start a sentence without being a name. */
const OPENERS =
  'a all also an and another at both but by for from in it its next nothing of on once one only quiet still that the then there these this those to together twice two under week weeks with you your yours goal goals done minutes hours time times day days'.split(' ');
const COUNT_WORDS: Readonly<Record<string, number>> = { once: 1, twice: 2, both: 2, dozen: 12, couple: 2, single: 1 };
const TOKEN = /\d+(?:[.,:]\d+)*|[\p{L}][\p{L}'’-]*/gu;

/**
 * Everything in a sentence that the evidence it cites does not support: numbers, weekdays, months, names, "every day", judgements,
 * and ids that do not exist. Empty when the sentence may stand. Titles of the cited evidence count as quotations of the person.
 */
export function unsupportedClaims(sentence: ClaimedSentence, material: Material): string[] {
  const cited = material.evidence.filter(({ id }) => sentence.evidenceIds.includes(id));
  const invented = sentence.evidenceIds.filter((id) => !cited.some((item) => item.id === id)).map(() => 'an id that does not exist');
  const text = withoutTitles(sentence.text, cited);
  const judgement = UNPROVABLE.exec(text)?.[0];
  const facts = factsOf(cited, material);
  const wholeWeek = /\b(?:every|each) (?:single )?day\b|\ball week\b/i.test(text) && facts.days < DAYS_OF_WEEK ? ['every day'] : [];
  return [...invented, ...(judgement === undefined ? [] : [judgement]), ...wholeWeek, ...wrongTokens(text, facts)];
}

interface Facts {
  readonly minutes: readonly number[];
  readonly percents: readonly number[];
  /** Counts, days of the month and years: every number without a unit of its own. */
  readonly numbers: readonly number[];
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly words: readonly string[];
  readonly days: number;
}

/** Takes the cited titles out of the text, longest first, so that numbers and names inside them are not taken for claims. */
function withoutTitles(text: string, cited: readonly Evidence[]): string {
  const titles = cited.flatMap(({ title }) => [title.replace(/\s+/g, ' ').trim(), shortTitle(title)]).filter((title) => title.length > 1);
  return titles.sort((a, b) => b.length - a.length).reduce((rest, title) => rest.replaceAll(title, ' “” '), text);
}

function factsOf(cited: readonly Evidence[], material: Material): Facts {
  const occurrences = cited.filter((item): item is OccurrenceEvidence => item.kind === 'occurrence');
  const goals = cited.filter((item): item is GoalEvidence => item.kind === 'goal');
  const dates = [...datesOf(occurrences), ...goals.filter(({ achieved }) => achieved).map(({ date }) => date)];
  const edges = [material.period.start, material.period.end, Temporal.PlainDate.from(material.period.end).add({ days: 1 }).toString()];
  const days = [...dates, ...edges].map((date) => Temporal.PlainDate.from(date));
  return {
    minutes: minutesOf(occurrences, material),
    percents: goals.map(({ progress }) => Math.round(progress * 100)),
    numbers: [...countsOf(occurrences, goals), ...days.flatMap((day) => [day.day, day.year])],
    weekdays: days.map((day) => DAY_NAMES[day.dayOfWeek - 1] ?? ''),
    months: days.map((day) => MONTH_NAMES[day.month - 1] ?? ''),
    words: cited.flatMap(({ title }) => title.toLowerCase().match(TOKEN) ?? []),
    days: datesOf(occurrences).length,
  };
}

function groupsOf(occurrences: readonly OccurrenceEvidence[]): OccurrenceEvidence[][] {
  const keys = [({ taskId }: OccurrenceEvidence) => taskId, ({ date }: OccurrenceEvidence) => date, ({ lifeAreas }: OccurrenceEvidence) => lifeAreas[0] ?? ''];
  return [[...occurrences], ...keys.flatMap((keyOf) => groupBy(occurrences, keyOf).map(([, items]) => items))];
}

/** How many can truly be said of the cited evidence: things, days and tasks; in all, by task, by area and by day. */
function countsOf(occurrences: readonly OccurrenceEvidence[], goals: readonly GoalEvidence[]): number[] {
  const counts = groupsOf(occurrences).flatMap((items) => [items.length, datesOf(items).length, new Set(items.map(({ taskId }) => taskId)).size]);
  const others = occurrences.length === 0 ? [] : groupsOf(occurrences).map((items) => occurrences.length - items.length);
  return [...counts, ...others, goals.length, goals.filter(({ achieved }) => achieved).length].filter((value) => value > 0);
}

/** How long can truly be said: each thing, and in all, by task, by area and by day. */
function minutesOf(occurrences: readonly OccurrenceEvidence[], material: Material): number[] {
  const whole = occurrences.length > 0 && occurrences.length === material.evidence.filter(({ kind }) => kind === 'occurrence').length;
  return [...groupsOf(occurrences).map(sumOfMinutes), ...occurrences.map(({ minutes }) => minutes), ...(whole ? minutesByDay(material) : [])].filter((value) => value > 0);
}

function wrongTokens(text: string, facts: Facts): string[] {
  const tokens = [...text.matchAll(TOKEN)];
  return tokens.filter((match) => !holds(match[0], placeOf(text, match), facts)).map(([token]) => token);
}

function isOpening(text: string, index: number): boolean {
  return /(?:^|[.!?:“”"]\s*)$/.test(text.slice(0, index).trimEnd()) || text.slice(0, index).trim() === '';
}

interface Place {
  readonly opening: boolean;
  /** The text right after the word. */
  readonly after: string;
}

function placeOf(text: string, match: RegExpMatchArray): Place {
  const index = match.index ?? 0;
  return { opening: isOpening(text, index), after: text.slice(index + match[0].length) };
}

function numberHolds(value: number, after: string, facts: Facts): boolean {
  if (/^[\s-]*(?:min(?:ute)?s?)\b/i.test(after)) return facts.minutes.includes(value);
  if (/^\s*(?:%|percent\b)/i.test(after)) return facts.percents.includes(value);
  return !/^\s*(?:hours?|h|km|kg|days in a row)\b/i.test(after) && facts.numbers.includes(value);
}

function holds(token: string, { opening, after }: Place, facts: Facts): boolean {
  const lower = token.toLowerCase();
  const number = numberOf(lower);
  if (number !== undefined) return numberHolds(number, after, facts);
  if (DAY_NAMES.some((name) => name.toLowerCase() === lower.replace(/s$/, ''))) return facts.weekdays.some((name) => name.toLowerCase() === lower);
  if (MONTH_NAMES.some((name) => name === token)) return facts.months.includes(token);
  if (token === lower) return true;
  if (facts.words.includes(lower) || Object.values(AREA_NAMES).some((name) => name.split(' ').includes(token))) return true;
  return opening && OPENERS.includes(lower);
}

function numberOf(word: string): number | undefined {
  if (/^\d/.test(word)) return Number(word.replace(/,(?=\d{3}\b)/g, '').replace(',', '.').replace(':', '.'));
  const index = NUMBER_WORDS.findIndex((name) => name === word);
  return index > 1 || word === 'one' ? Math.max(index, 1) : COUNT_WORDS[word];
}
