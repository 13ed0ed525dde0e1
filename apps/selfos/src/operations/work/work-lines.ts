import type { ListedStep } from '@selfos/work';
import { columns, span } from '../telling.js';
import type { PlacedJob } from './work-desk.js';

const HEAD = ['id', 'service', 'kind', 'state', 'step', 'attempt', 'booked', 'changed', 'error'];

/** For the terminal: a line for each job, in columns. */
export function listLines(jobs: readonly PlacedJob[]): string[] {
  return columns([HEAD, ...jobs.map(cells)]);
}

/** One job, a line for each thing that is known of it. */
export function showLines({ place, job }: PlacedJob, about: { readonly person: string; readonly steps: readonly ListedStep[] }): string[] {
  const facts: [string, string | undefined][] = [
    ['id', job.id],
    ['service', place.service],
    ['kind', job.kind],
    ['for', about.person],
    ['state', job.state],
    ['step', job.step],
    ['attempt', `${job.attempt} of ${job.maxAttempts}`],
    ['progress', `${Math.round(job.progress * 100)} %`],
    ['due', job.runAt.toISOString()],
    ['booked', `${span(job.ageMs)} ago`],
    ['changed', `${span(job.changedMs)} ago`],
    [job.state === 'waiting' ? 'next try' : 'lease', job.leaseMs === undefined ? undefined : `in ${span(job.leaseMs)}`],
    ['away', job.awayMs === undefined ? undefined : `what it needs has been away for ${span(job.awayMs)}`],
    ['error', job.errorClass],
    ...about.steps.map((step): [string, string] => [`· ${step.step}`, `${step.ended ? 'ended' : 'begun'} ${span(step.ageMs)} ago`]),
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(10)} ${value}`]));
}

function cells({ place, job }: PlacedJob): string[] {
  const attempt = `${job.attempt}/${job.maxAttempts}`;
  return [job.id, place.service, job.kind, job.state, job.step ?? '-', attempt, span(job.ageMs), span(job.changedMs), job.errorClass ?? '-'];
}
