import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { TooManyLiveAnswers } from '../gateway.errors.js';
import { LiveAnswers } from './live-answers.js';

const reply = () => ({ raw: Object.assign(new EventEmitter(), { destroyed: false }) }) as never as Parameters<LiveAnswers['enter']>[1];

describe('live answers', () => {
  it('are limited for each person, and give their place back when they end', () => {
    const live = new LiveAnswers(2);
    const first = reply();
    live.enter('ada', first);
    live.enter('ada', reply());
    expect(() => live.enter('ada', reply())).toThrow(TooManyLiveAnswers);
    live.enter('ben', reply());
    first.raw.emit('close');
    live.enter('ada', reply());
    expect(() => live.enter('ada', reply())).toThrow(TooManyLiveAnswers);
  });
});
