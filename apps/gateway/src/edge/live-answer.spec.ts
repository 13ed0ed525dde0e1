import { describe, expect, it } from '@jest/globals';
import { DependencyUnavailable, type SseFrame } from '@selfos/http';
import { LiveAnswer, type Telling } from './live-answer.js';
import { Marks } from './marks.js';

class CountedMarks extends Marks {
  override id(frame: number): Promise<string> {
    return Promise.resolve(`${frame}-0-${'x'.repeat(16)}`);
  }

  override fits(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

const token = (text: string): SseFrame => ({ event: 'token', data: { text } });

async function* frames(list: readonly SseFrame[], end?: Error): AsyncGenerator<SseFrame, void, undefined> {
  yield* list;
  if (end !== undefined) throw end;
}

async function told(first: Telling, again: () => Promise<Telling>): Promise<string[]> {
  const answer = new LiveAnswer({ marks: new CountedMarks(undefined as never), first, again, before: undefined });
  const events: string[] = [];
  for await (const { event } of answer.after()) events.push(event);
  return events;
}

describe('a live answer', () => {
  it('is asked for again when the line to the service breaks in its middle', async () => {
    const broken: Telling = { kind: 'live', frames: frames([token('Read ')], Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })) };
    const whole: Telling = { kind: 'kept', answer: { ai_response: 'Read more' }, replayed: true };
    const events = await told(broken, () => Promise.resolve(whole));
    expect([events[0], events.at(-1)]).toEqual(['token', 'done']);
  });

  it('ends with what the service itself says', async () => {
    const refused: Telling = { kind: 'live', frames: frames([], new DependencyUnavailable()) };
    await expect(told(refused, () => Promise.reject(new Error('not asked again')))).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});
