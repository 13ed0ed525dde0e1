import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { defineError } from '@selfos/kernel';
import { parseIfMatch } from '../routing/conditional.js';
import { CorsViolation, PreconditionFailed, TooManyRequests } from './http.errors.js';
import { invalidRequest, toProblem } from './problem.js';

class TaskNotFound extends defineError('tasks.task.not-found', 'not-found', 'There is no such task') {}
class TaskChanged extends defineError('tasks.task.version-mismatch', 'conflict', 'The task has changed') {}

describe('toProblem', () => {
  it.each([
    [new TaskNotFound({ detail: 'Not among yours.' }), { status: 404, code: 'tasks.task.not-found', title: 'There is no such task', detail: 'Not among yours.' }],
    [new TaskChanged(), { status: 412 }],
    [new TooManyRequests(), { status: 429, error: 'Rate limit exceeded' }],
    [new CorsViolation(), { status: 403, error: 'CORS policy violation' }],
    [invalidRequest([{ pointer: '/title', detail: 'too short' }]), { status: 400, error: 'Invalid input', errors: [{ pointer: '/title', detail: 'too short' }] }],
    [new NotFoundException(), { status: 404, code: 'http.route.not-found' }],
    [new Error('password is hunter2'), { status: 500, code: 'http.service.failure', title: 'Something went wrong on our side' }],
  ])('answers %s', (thrown, expected) => {
    const problem = toProblem(thrown, { instance: '/x', traceId: 'f'.repeat(32) });
    expect(problem).toMatchObject({ ...expected, instance: '/x', traceId: 'f'.repeat(32) });
    expect(problem.type).toBe(`https://selfos.dev/problems/${problem.code}`);
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});

describe('If-Match', () => {
  it('reads our versions and the star; anything else matches nothing', () => {
    expect(parseIfMatch('"7"')).toBe(7);
    expect(parseIfMatch('*')).toBe('*');
    for (const text of ['W/"7"', '7', '"a"', '"1", "2"', '"2147483648"', '"999999999999999"']) expect(() => parseIfMatch(text)).toThrow(PreconditionFailed);
  });
});
