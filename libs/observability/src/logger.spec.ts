import { describe, expect, it } from '@jest/globals';
import { rootContext, runInContext } from './call-context.js';
import { Logger } from './logger.js';
import { Pseudonyms } from './pseudonym.js';

const ADA = '01890000-0000-7000-8000-00000000ada0';

function recorded(level: 'DEBUG' | 'INFO' = 'INFO') {
  const lines: Record<string, unknown>[] = [];
  const logger = new Logger({ service: 'memory', level, pseudonymSecret: new Uint8Array(32), destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  return { logger, lines };
}

describe('Logger', () => {
  it('writes severity, message, timestamp, source, the pseudonym of the user and the trace', () => {
    const { logger, lines } = recorded();
    const context = rootContext({ kind: 'request', id: 'r1' }, { userId: ADA });
    runInContext(context, () => logger.info('memory stored', { count: 3 }));
    expect(lines[0]).toMatchObject({ severity: 'INFO', message: 'memory stored', service: 'memory', count: 3, trace_id: context.traceId });
    expect(lines[0]?.['user_id']).toMatch(/^[0-9a-f]{16}$/);
    expect(JSON.stringify(lines)).not.toContain(ADA);
    expect(lines[0]?.['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(lines[0]?.['source']).toMatchObject({ file: 'libs/observability/src/logger.spec.ts' });
  });

  it('lets no words, objects, tokens or addresses through', () => {
    const { logger, lines } = recorded();
    logger.warn('odd input', { note: 'I have a bad knee', nested: { a: 1 }, email: 'ada@example.org', key: 'eyJhbGciOiJFZERTQSJ9.e30.x', title: 'Run', table: 'tasks' });
    expect(lines[0]).toMatchObject({ note: '[redacted]', nested: '[redacted]', email: '[redacted]', key: '[redacted]', title: '[redacted]', table: 'tasks' });
  });

  it('reduces an error to its type, code and place, without quoted input', () => {
    const { logger, lines } = recorded();
    logger.error('request failed', { error: Object.assign(new Error('invalid syntax: "bad knee"'), { code: '22P02' }) });
    expect(lines[0]?.['error']).toMatchObject({ type: 'Error', code: '22P02', reason: 'invalid syntax: "…"' });
    expect(JSON.stringify(lines)).not.toContain('knee');
  });

  it('lets no key or secret through under an innocent name, and names of things still', () => {
    const { logger, lines } = recorded();
    const secret = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA';
    logger.info('odd input', { key: secret, value: `0198c0de00007000800000000000ada0.${secret}`, trace: 'a'.repeat(64), id: ADA, migration: 'CreateAccounts1763805600000', at: 'libs/observability/src/jsonl-span-exporter.ts:12' });
    expect(JSON.stringify(lines)).not.toContain('q83v');
    expect(lines[0]).toMatchObject({ trace: 'a'.repeat(64), id: ADA, migration: 'CreateAccounts1763805600000', at: 'libs/observability/src/jsonl-span-exporter.ts:12' });
  });

  it('takes no line of an error’s message for a place in the code', () => {
    const { logger, lines } = recorded();
    const error = Object.assign(new Error('"x"\n    at the lake I wept'), { name: 'ModelError' });
    error.stack = `ModelError: ${error.message}\n    at Reader.read (libs/x.ts:1:2)`;
    logger.error('request failed', { error });
    expect(JSON.stringify(lines)).not.toContain('lake');
    expect(lines[0]?.['error']).toMatchObject({ at: ['at Reader.read (libs/x.ts:1:2)'.slice(3)] });
  });

  it('stays silent below its level', () => {
    const { logger, lines } = recorded();
    logger.debug('too much');
    expect(lines).toEqual([]);
  });
});

describe('Pseudonyms', () => {
  it('hold for one month and not for two', () => {
    const pseudonyms = new Pseudonyms(new Uint8Array(32));
    const january = Date.UTC(2026, 0, 3);
    expect(pseudonyms.of(ADA, january)).toBe(pseudonyms.of(ADA, Date.UTC(2026, 0, 30)));
    expect(pseudonyms.of(ADA, january)).not.toBe(pseudonyms.of(ADA, Date.UTC(2026, 1, 1)));
  });
});
