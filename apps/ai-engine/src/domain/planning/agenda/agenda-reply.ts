import { localNow, todayOf } from '../../time/resolve-schedule.js';
import { clausesOf } from '../clauses.js';
import type { PlanRequest } from '../plan.js';
import { type AgendaAnswer, answerFromAgenda } from './agenda-answer.js';
import { readAgendaQuestion } from './agenda-question.js';

const LONGEST_QUESTION = 300;

/** What the agenda answers to one sentence; undefined when it asks for something else, or nobody told the agenda. */
export function agendaAnswerTo(sentence: string, request: PlanRequest): AgendaAnswer | undefined {
  if (request.agenda === undefined || sentence.length > LONGEST_QUESTION) return undefined;
  const today = todayOf(request);
  const question = readAgendaQuestion(sentence, today);
  if (question === undefined) return undefined;
  const now = localNow(request).toPlainTime().toString({ smallestUnit: 'minute' });
  return answerFromAgenda(question, { agenda: request.agenda, today, now });
}

/** The answer of the agenda to a message that asks it something. */
export function agendaAnswerIn(request: PlanRequest): AgendaAnswer | undefined {
  return clausesOf(request.message.slice(0, 2000)).map(({ text }) => agendaAnswerTo(text, request)).find((answer) => answer !== undefined);
}
