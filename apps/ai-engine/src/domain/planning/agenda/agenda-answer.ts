import { Temporal } from 'temporal-polyfill';
import { dayWords, list } from '../phrases.js';
import { type Agenda, type AgendaGoal, type AgendaTask, type Cite, DAYS_AHEAD, DAYS_BACK } from './agenda.js';
import type { AgendaQuestion, PartOfDay } from './agenda-question.js';
import { allNamed, named } from './match-words.js';

/** One thing that is so, with the records that say it. `title` is set where it is about one of them. */
export interface Fact {
  readonly text: string;
  readonly title?: string;
  readonly cites: readonly Cite[];
}

/** An answer made of data alone. The first fact is the sum; the others are one record each. */
export interface AgendaAnswer {
  readonly facts: readonly Fact[];
  readonly cites: readonly Cite[];
}

export interface Knowing {
  readonly agenda: Agenda;
  readonly today: Temporal.PlainDate;
  /** Wall time HH:MM. */
  readonly now: string;
}

const MOST_LINES = 12;
const MOST_DAYS_NAMED = 3;
const PARTS: Readonly<Record<PartOfDay, readonly [string, string]>> = { morning: ['00:00', '11:59'], afternoon: ['12:00', '16:59'], evening: ['17:00', '23:59'] };

interface Listed {
  readonly task: AgendaTask;
  readonly dates: readonly string[];
}

export const textOf = ({ facts }: AgendaAnswer): string => facts.map(({ text }) => text).join('\n');

/** Answers from the agenda alone: every number is counted, every date computed, every claim names its records. */
export function answerFromAgenda(question: AgendaQuestion, knowing: Knowing): AgendaAnswer {
  switch (question.kind) {
    case 'due': return due(question, knowing);
    case 'done': return doneIn(question, knowing);
    case 'next': return next(question.topic, knowing);
    case 'track': return track(question.topic, knowing);
    case 'late': return late(knowing);
    case 'goals': return goals(knowing);
  }
}

const plain = (text: string): AgendaAnswer => ({ facts: [{ text, cites: [] }], cites: [] });
const citeOf = ({ id }: AgendaTask): Cite => ({ kind: 'task', id });
const oneLine = (title: string): string => title.replace(/\s+/g, ' ').trim();
const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;
const times = (number: number): string => (number === 1 ? 'once' : number === 2 ? 'twice' : `${number} times`);

function compose(head: string, lines: readonly Fact[]): AgendaAnswer {
  const cites = lines.flatMap((line) => line.cites);
  const more = lines.length > MOST_LINES ? [{ text: `And ${lines.length - MOST_LINES} more.`, cites: lines.slice(MOST_LINES).flatMap((line) => line.cites) }] : [];
  return { facts: [{ text: head, cites }, ...lines.slice(0, MOST_LINES), ...more], cites };
}

type DueQuestion = Extract<AgendaQuestion, { kind: 'due' }>;

function due(question: DueQuestion, knowing: Knowing): AgendaAnswer {
  const { agenda, today } = knowing;
  const last = today.add({ days: DAYS_AHEAD - 1 }).toString();
  const { from, to, words } = question.period ?? { from: today.toString(), to: last, words: 'In the coming 14 days' };
  if (from > last || to < today.toString()) return plain('I see the coming 14 days only, and that is not among them.');
  const { tasks, narrowed } = chosenFor(question, agenda);
  const listed = tasks.map((task) => ({ task, dates: task.due.filter((date) => date >= from && date <= to) })).filter(({ dates }) => dates.length > 0);
  const late = from <= today.toString() ? tasks.filter(({ overdue }) => overdue === true) : [];
  const clipped = `${to > last ? ' I see the coming 14 days only.' : ''}${unseen(agenda)}`;
  const when = `${words}${partWords(question, words)}`;
  if (listed.length + late.length === 0) return narrowed ? plain(`${when} nothing is planned of that kind.${clipped}`) : nothingDue(`${when} nothing is planned.${clipped}`, knowing, to);
  const lines = [...late.map((task) => lateFact(task, today)), ...inOrder(listed).map((one) => dueFact(one, today))];
  return compose(`${when}: ${sumOf(listed)}${late.length === 0 ? '' : `, and ${late.length} overdue`}.${clipped}`, lines);
}

/** Nothing in a time that ends before the next thing comes: then that is told. */
function nothingDue(text: string, knowing: Knowing, to: string): AgendaAnswer {
  const ahead = next('', knowing);
  const isLater = knowing.agenda.tasks.every(({ due: dates }) => dates.every((date) => date > to));
  return ahead.cites.length === 0 || !isLater ? plain(text) : { facts: [{ text, cites: [] }, ...ahead.facts], cites: ahead.cites };
}

const partWords = ({ part }: DueQuestion, words: string): string => (part === undefined || /morning|evening|tonight/i.test(words) ? '' : ` in the ${part}`);

/** The tasks of the area, the part of the day and the topic; words that name no task are words of asking. */
function chosenFor({ part, area, topic }: DueQuestion, agenda: Agenda): { readonly tasks: readonly AgendaTask[]; readonly narrowed: boolean } {
  const [start, end] = part === undefined ? ['', '99'] : PARTS[part];
  const fits = ({ areas, time }: AgendaTask): boolean => (area === undefined || areas.includes(area)) && (part === undefined || (time !== undefined && time >= start && time <= end));
  const about = agenda.tasks.filter(fits);
  const isTopic = topic !== '' && (allNamed(topic, about).length > 0 || named(topic, agenda.tasks).length > 0);
  return isTopic ? { tasks: allNamed(topic, about), narrowed: true } : { tasks: about, narrowed: false };
}

/** A sum over a part must not look like one over all. */
function unseen({ moreTasks = 0 }: Agenda): string {
  return moreTasks === 0 ? '' : ` ${count(moreTasks, 'more task is', 'more tasks are')} not among these.`;
}

function lateFact(task: AgendaTask, today: Temporal.PlainDate): Fact {
  const title = oneLine(task.title);
  return { text: `• ${title}: overdue${task.date === undefined ? '' : `, planned for ${dayWords(task.date, today)}`}.`, title, cites: [citeOf(task)] };
}

function sumOf(listed: readonly Listed[]): string {
  const things = listed.reduce((sum, { dates }) => sum + dates.length, 0);
  const minutes = listed.reduce((sum, { task, dates }) => sum + dates.length * task.minutes, 0);
  const tasks = things === listed.length ? '' : ` of ${count(listed.length, 'task')}`;
  return `${count(things, 'thing')}${tasks}, ${count(minutes, 'minute')} in all`;
}

function inOrder(listed: readonly Listed[]): Listed[] {
  const key = ({ task, dates }: Listed): string => `${dates[0] ?? ''} ${task.time ?? '24:00'}`;
  return [...listed].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function dueFact({ task, dates }: Listed, today: Temporal.PlainDate): Fact {
  const title = oneLine(task.title);
  const at = task.time === undefined ? '' : ` at ${task.time}`;
  const length = title.includes(String(task.minutes)) ? '' : `, ${count(task.minutes, 'minute')}${dates.length > 1 ? ' each' : ''}`;
  const days = dates.map((date) => dayWords(date, today));
  const when = days.length > MOST_DAYS_NAMED ? `${times(days.length)}, first ${days[0] ?? ''}` : list(days);
  return { text: `• ${title}: ${when}${at}${length}.`, title, cites: [citeOf(task)] };
}

function doneIn({ period, area, topic, counts, whether }: Extract<AgendaQuestion, { kind: 'done' }>, { agenda, today }: Knowing): AgendaAnswer {
  const first = today.subtract({ days: DAYS_BACK - 1 }).toString();
  if (period.to < first) return plain('I see the last seven days only, and that is not among them.');
  const about = agenda.tasks.filter((task) => area === undefined || task.areas.includes(area));
  const chosen = topic === '' ? about : allNamed(topic, about);
  if (chosen.length === 0) return plain('I find no task like that among your open ones.');
  const listed = chosen.map((task) => ({ task, dates: task.done.filter((date) => date >= period.from && date <= period.to) })).filter(({ dates }) => dates.length > 0);
  const clipped = period.from < first ? ' I see the last seven days only.' : '';
  const sum = listed.reduce((all, { dates }) => all + dates.length, 0);
  const cited = (listed.length > 0 || topic === '' ? listed.map(({ task }) => task) : chosen).map(citeOf);
  if (sum === 0) {
    const nothing = topic === '' ? 'nothing is ticked off' : `${list(chosen.map(({ title }) => `“${oneLine(title)}”`))} ${chosen.length === 1 ? 'is' : 'are'} not ticked off`;
    return { facts: [{ text: `${whether ? 'No: ' : ''}${whether ? lower(period.words) : period.words} ${nothing}.${clipped}`, cites: cited }], cites: cited };
  }
  const head = counts || topic !== '' ? `${times(sum)}` : count(sum, 'thing');
  const lines = inOrder(listed).map(({ task, dates }) => doneFact(task, dates, today));
  return compose(`${whether ? 'Yes. ' : ''}${period.words}: ${head}.${clipped}`, lines);
}

const lower = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

function doneFact(task: AgendaTask, dates: readonly string[], today: Temporal.PlainDate): Fact {
  const title = oneLine(task.title);
  return { text: `• ${title}: ${times(dates.length)}, ${list(dates.map((date) => pastDay(date, today)))}.`, title, cites: [citeOf(task)] };
}

function pastDay(date: string, today: Temporal.PlainDate): string {
  return date === today.subtract({ days: 1 }).toString() ? 'yesterday' : dayWords(date, today);
}

function next(topic: string, { agenda, today, now }: Knowing): AgendaAnswer {
  const chosen = topic === '' ? agenda.tasks : allNamed(topic, agenda.tasks);
  const ahead = chosen.flatMap((task) => task.due.filter((date) => date > today.toString() || task.time === undefined || task.time > now).slice(0, 1).map((date) => ({ task, dates: [date] })));
  const [first] = inOrder(ahead);
  if (first !== undefined) return { facts: [dueFact(first, today)].map((fact) => ({ ...fact, text: `Next: ${fact.text.slice(2)}` })), cites: [citeOf(first.task)] };
  return plain(topic === '' ? 'Nothing is planned for the coming 14 days.' : 'I find no task like that in the coming 14 days.');
}

function track(topic: string, { agenda, today }: Knowing): AgendaAnswer {
  const aims = topic === '' ? agenda.goals : named(topic, agenda.goals);
  const tasks = topic === '' ? [] : agenda.tasks.filter((task) => named(topic, agenda.tasks).includes(task) || aims.some(({ id }) => id === task.goalId));
  if (aims.length === 0 && tasks.length === 0) return plain(topic === '' ? 'You have no goal yet.' : 'I find no goal and no task like that.');
  const facts = [...aims.map((goal) => goalFact(goal, today)), ...tasks.map((task) => paceFact(task, today))];
  return { facts, cites: facts.flatMap(({ cites }) => cites) };
}

function late({ agenda, today }: Knowing): AgendaAnswer {
  const tasks = agenda.tasks.filter(({ overdue }) => overdue === true);
  return tasks.length === 0 ? plain('Nothing is overdue.') : compose(`${count(tasks.length, 'task is', 'tasks are')} overdue.`, tasks.map((task) => lateFact(task, today)));
}

function goals({ agenda, today }: Knowing): AgendaAnswer {
  if (agenda.goals.length === 0) return plain('You have no goal yet.');
  return compose(`You have ${count(agenda.goals.length, 'goal')}.`, agenda.goals.map((goal) => goalFact(goal, today)));
}

function goalFact(goal: AgendaGoal, today: Temporal.PlainDate): Fact {
  const title = oneLine(goal.title);
  const days = Temporal.PlainDate.from(goal.targetDate).since(today).days;
  const left = days > 0 ? `, ${count(days, 'day')} left` : days === 0 ? '' : `, ${count(-days, 'day')} ago`;
  return { text: `• ${title}: ${Math.round(goal.progress * 100)} % done, by ${dayWords(goal.targetDate, today)}${left}.`, title, cites: [{ kind: 'goal', id: goal.id }] };
}

function paceFact(task: AgendaTask, today: Temporal.PlainDate): Fact {
  const title = oneLine(task.title);
  const ahead = task.due[0] === undefined ? '' : `; next ${dayWords(task.due[0], today)}${task.time === undefined ? '' : ` at ${task.time}`}`;
  const sofar = task.done.length === 0 ? 'not done in the last seven days' : `done ${times(task.done.length)} in the last seven days`;
  return { text: `• ${title}: ${sofar}${ahead}.`, title, cites: [citeOf(task)] };
}
