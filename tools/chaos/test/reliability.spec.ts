import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '@selfos/event-bus';
import { DEFAULT_SETTINGS } from '@selfos/work';

const page = readFileSync(new URL('../../../docs/reliability.md', import.meta.url), 'utf8');
const told = new Map([...page.matchAll(/^\| ([^|]+) \| (\d+)(?: ms)? \|$/gm)].map(([, what, value]) => [what, Number(value)]));

describe('docs/reliability.md', () => {
  it('says the limits that the code has', () => {
    const { backoff } = DEFAULT_SETTINGS;
    expect(Object.fromEntries(told)).toEqual({
      'Event handler: deadline': DEFAULT_POLICY.handlerDeadlineMs,
      'Event handler: lease': DEFAULT_POLICY.leaseMs,
      'Event handler: attempts': DEFAULT_POLICY.maxAttempts,
      'Event handler: first pause, four times as long each time': DEFAULT_POLICY.firstPauseMs,
      'Event handler: longest pause while something it needs is away': DEFAULT_POLICY.longestPauseMs,
      'Event handler: most such pauses, about a week': DEFAULT_POLICY.mostWaits,
      'Event handlers of a service at once': DEFAULT_POLICY.concurrency,
      'Events in one transaction': DEFAULT_POLICY.batchSize,
      'Batch of events: deadline': DEFAULT_POLICY.batchDeadlineMs,
      'Job: lease, renewed three times in its length': DEFAULT_SETTINGS.leaseMs,
      'Job: first pause, doubled each time': backoff.baseMs,
      'Job: longest pause': backoff.capMs,
      'Job: patience with what is away, unless its handler says otherwise': DEFAULT_SETTINGS.patienceMs,
      'Jobs of a service at once': DEFAULT_SETTINGS.concurrency,
      'Job: deaths over one step': DEFAULT_SETTINGS.maxAbandoned,
    });
  });
});
