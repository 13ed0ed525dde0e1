import { Temporal } from 'temporal-polyfill';
import { list } from '../planning/phrases.js';
import type { ClaimedSentence } from './claim-checker.js';
import { goalsOf, groupBy, occurrencesOf, sumOfMinutes, weekdayName, type Material } from './evidence.js';
import { AREA_NAMES, capital, counted, daysWords, periodWords, timesWord } from './words.js';

export interface Section {
  /** Undefined for the sentences before the first heading. */
  readonly heading?: string;
  readonly sentences: readonly ClaimedSentence[];
}

const said = (text: string, items: readonly { readonly id: string }[]): ClaimedSentence => ({ text, evidenceIds: items.map(({ id }) => id) });

/** What there is to say of the week, in sections; each sentence with the records it rests on. */
export function writeSections(material: Material): Section[] {
  const done = occurrencesOf(material);
  const goals = goalsOf(material);
  const goalSentences = goals.flatMap((goal) => {
    if (goal.achieved) return [said(`You reached your goal: ${goal.title}.`, [goal])];
    return goal.progress > 0 ? [said(`Your goal stands at ${Math.round(goal.progress * 100)} percent: ${goal.title}.`, [goal])] : [said(`Your goal is still there: ${goal.title}.`, [goal])];
  });
  const goalSection = goalSentences.length === 0 ? [] : [{ heading: 'Goals', sentences: goalSentences }];
  if (done.length === 0) return [{ sentences: [said('A quiet week: nothing was ticked off.', [])] }, ...goalSection];
  const total = sumOfMinutes(done);
  const intro = [said(`You did ${counted(done.length, 'thing')} this week, ${daysWords(done)}.`, done), said(`Together it was ${total} ${total === 1 ? 'minute' : 'minutes'}.`, done)];
  const areas = groupBy(done, ({ lifeAreas }) => lifeAreas[0] ?? 'personal_growth').map(([area, items]) => ({
    heading: AREA_NAMES[area as keyof typeof AREA_NAMES],
    sentences: groupBy(items, ({ taskId }) => taskId).map(([, group]) => {
      const minutes = sumOfMinutes(group);
      return said(`${group[0]?.title ?? ''}: ${group.length === 1 ? '' : `${timesWord(group.length)}, `}${daysWords(group)}, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`, group);
    }),
  }));
  return [{ sentences: intro }, ...areas, ...goalSection];
}

/** A person's words inside Markdown: shown as they are, never read as markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, (mark) => `\\${mark}`);
}

export function blogMarkdown(title: string, sections: readonly Section[]): string {
  const blocks = sections.map(({ heading, sentences }) => {
    const text = sentences.map((sentence) => escapeMarkdown(sentence.text));
    return heading === undefined ? text.join(' ') : `## ${heading}\n\n${text.join('\n\n')}`;
  });
  return `# ${escapeMarkdown(title)}\n\n${blocks.join('\n\n')}\n`;
}

/** A note for a vault of Markdown files: YAML frontmatter with the week's structure, then the days. */
export function noteMarkdown(title: string, material: Material): string {
  const { period } = material;
  const done = occurrencesOf(material);
  const areas = [...new Set(done.map(({ lifeAreas }) => lifeAreas[0] ?? 'personal_growth'))];
  const front = ['---', `title: ${JSON.stringify(title)}`, `start: ${period.start}`, `end: ${period.end}`, `completed: ${done.length}`, `minutes: ${sumOfMinutes(done)}`, `areas: [${areas.join(', ')}]`, 'tags: [selfos, week]', '---'];
  const days = groupBy(done, ({ date }) => date).map(([date, items]) => {
    const day = Temporal.PlainDate.from(date);
    return `## ${weekdayName(date)} ${day.toString()}\n\n${items.map((item) => `- [x] ${escapeMarkdown(item.title)} (${item.minutes} min)`).join('\n')}`;
  });
  const goals = goalsOf(material).map((goal) => `- [${goal.achieved ? 'x' : ' '}] ${escapeMarkdown(goal.title)}`);
  const body = days.length === 0 ? ['A quiet week: nothing was ticked off.'] : days;
  return `${[front.join('\n'), `# ${escapeMarkdown(title)}`, ...body, ...(goals.length === 0 ? [] : [`## Goals\n\n${goals.join('\n')}`])].join('\n\n')}\n`;
}

/** The line under a post. */
export function captionOf(material: Material): string {
  const done = occurrencesOf(material);
  if (done.length === 0) return `A quiet week, ${periodWords(material.period)}.`;
  const areas = [...new Set(done.map(({ lifeAreas }) => AREA_NAMES[lifeAreas[0] ?? 'personal_growth'].toLowerCase()))];
  return `One week, ${periodWords(material.period)}: ${counted(done.length, 'thing')} done, ${sumOfMinutes(done)} minutes. ${capital(list(areas))}.`;
}
