import type { AnswerFault } from '../ports/answer-faults.js';

const LONGEST_MODEL = 100;
const LONGEST_FAULT = 60;

/** The failures behind an answer, as its fallback tells them: "anthropic/x: timeout, openai/y: unusable". None where nothing failed. */
export function faultsIn(fallback: string | undefined, asked: Pick<AnswerFault, 'operation' | 'template'>): AnswerFault[] {
  const entries = (fallback ?? '').split(', ').filter((entry) => entry.includes(': '));
  return entries.map((entry) => {
    const at = entry.lastIndexOf(': ');
    return { ...asked, model: entry.slice(0, at).slice(0, LONGEST_MODEL), fault: entry.slice(at + 2).slice(0, LONGEST_FAULT) };
  });
}
