import type { LifeArea } from '@selfos/kernel';
import { datesOf, goalsOf, groupBy, minutesByDay, occurrencesOf, sumOfMinutes, weekdayName, type GoalEvidence, type Material, type OccurrenceEvidence } from './evidence.js';
import type { Scene } from './story.js';
import { AREA_NAMES, capital, counted, daysWords, periodWords, shortTitle, timesWord } from './words.js';
import { Temporal } from 'temporal-polyfill';

const MOST_AREAS = 4;
const MOST_GOALS = 2;
const SECONDS_A_WORD = 0.3;
const SHORTEST_SCENE = 3;
const LONGEST_SCENE = 20;

type Draft = Pick<Scene, 'lifeArea' | 'label' | 'sentence' | 'evidenceIds'> & Partial<Scene>;

/** A second to arrive and a third of a second a word; the voice may need longer, which the renderer knows. */
function scene(draft: Draft): Scene {
  const words = `${draft.sentence} ${draft.footnote ?? ''}`.trim().split(/\s+/).length;
  const seconds = Math.min(LONGEST_SCENE, Math.max(SHORTEST_SCENE, 1 + SECONDS_A_WORD * words));
  return { kind: 'paper', footnote: null, figure: null, figureUnit: null, days: null, durationSeconds: Math.round(seconds * 10) / 10, ...draft };
}

const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);

/** The scenes of a week: what was done, how long, then area by area, goals, and what comes. A quiet week gets a short honest one. */
export function writeScenes(material: Material): Scene[] {
  const done = occurrencesOf(material);
  const goals = goalsOf(material);
  if (done.length === 0) return quietWeek(material, goals);
  const areas = byArea(done).slice(0, MOST_AREAS);
  const main = areas[0]?.[0] ?? 'personal_growth';
  return [opening(material, done, main), night(material, done, main), ...areas.map(([area, items]) => areaScene(area, items)), ...goalScenes(goals), closing(material, main)];
}

function byArea(done: readonly OccurrenceEvidence[]): [LifeArea, OccurrenceEvidence[]][] {
  const groups = groupBy(done, ({ lifeAreas }) => lifeAreas[0] ?? 'personal_growth') as [LifeArea, OccurrenceEvidence[]][];
  return groups.sort(([, a], [, b]) => sumOfMinutes(b) - sumOfMinutes(a));
}

function opening(material: Material, done: readonly OccurrenceEvidence[], area: LifeArea): Scene {
  const days = datesOf(done).length;
  const where = days === 7 ? 'every day of it' : `on ${counted(days, 'day')}`;
  const sentence = days === 7 ? `You did ${counted(done.length, 'thing')} this week, ${where}.` : `You did ${counted(done.length, 'thing')} ${where} this week.`;
  return scene({ lifeArea: area, label: 'Your week', sentence: sentence.replace('every day of it', 'and something every day'), footnote: periodWords(material.period), evidenceIds: ids(done) });
}

function night(material: Material, done: readonly OccurrenceEvidence[], area: LifeArea): Scene {
  const total = sumOfMinutes(done);
  return scene({
    kind: 'night', lifeArea: area, label: 'Together', sentence: `Together it was ${total} ${total === 1 ? 'minute' : 'minutes'}.`, footnote: dayLine(done),
    figure: String(total), figureUnit: total === 1 ? 'minute' : 'minutes', days: minutesByDay(material), evidenceIds: ids(done),
  });
}

/** The longest day, as a plain fact: no comparison is made. */
function dayLine(done: readonly OccurrenceEvidence[]): string | null {
  const days = groupBy(done, ({ date }) => date).map(([date, items]) => ({ date, minutes: sumOfMinutes(items) }));
  const [longest] = days.sort((a, b) => b.minutes - a.minutes);
  return longest === undefined || days.length === 1 ? null : `${weekdayName(longest.date)}: ${longest.minutes} ${longest.minutes === 1 ? 'minute' : 'minutes'}.`;
}

function areaScene(area: LifeArea, items: readonly OccurrenceEvidence[]): Scene {
  const tasks = groupBy(items, ({ taskId }) => taskId).map(([, group]) => group).sort((a, b) => b.length - a.length);
  const [main = []] = tasks;
  const others = items.filter((item) => !main.includes(item));
  const title = shortTitle(main[0]?.title ?? '');
  const sentence = `${title}: ${main.length === 1 ? daysWords(main) : `${timesWord(main.length)}, ${daysWords(main)}`}.`;
  const minutes = sumOfMinutes(items);
  const rest = others.length === 0 ? '' : ` And ${counted(others.length, 'thing')} besides.`;
  return scene({ lifeArea: area, label: AREA_NAMES[area], sentence, footnote: `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.${rest}`, evidenceIds: ids(items) });
}

function goalScenes(goals: readonly GoalEvidence[]): Scene[] {
  const reached = goals.filter(({ achieved }) => achieved).slice(0, MOST_GOALS);
  const under = goals.filter(({ achieved, progress }) => !achieved && progress > 0).slice(0, MOST_GOALS - reached.length);
  return [
    ...reached.map((goal) => goalScene(goal, `You reached your goal: ${shortTitle(goal.title)}.`, 'Reached')),
    ...under.map((goal) => goalScene(goal, `Your goal stands at ${Math.round(goal.progress * 100)} percent: ${shortTitle(goal.title)}.`, 'On the way')),
  ];
}

function goalScene(goal: GoalEvidence, sentence: string, label: string): Scene {
  return scene({ kind: goal.achieved ? 'night' : 'paper', lifeArea: goal.lifeAreas[0] ?? 'personal_growth', label, sentence, evidenceIds: [goal.id] });
}

function closing({ period }: Material, area: LifeArea): Scene {
  const next = Temporal.PlainDate.from(period.end).add({ days: 1 }).toString();
  return scene({ lifeArea: area, label: 'Next', sentence: `The next week starts on ${weekdayName(next)}.`, evidenceIds: [] });
}

function quietWeek(material: Material, goals: readonly GoalEvidence[]): Scene[] {
  const area = goals[0]?.lifeAreas[0] ?? 'personal_growth';
  const first = scene({ lifeArea: area, label: 'Your week', sentence: 'A quiet week: nothing was ticked off.', footnote: capital(periodWords(material.period)), evidenceIds: [] });
  const kept = goals.filter(({ achieved }) => !achieved).slice(0, 1).map((goal) => goalScene(goal, `Your goal is still there: ${shortTitle(goal.title)}.`, 'Still there'));
  return [first, ...goalScenes(goals.filter(({ achieved }) => achieved)), ...kept, closing(material, area)];
}
