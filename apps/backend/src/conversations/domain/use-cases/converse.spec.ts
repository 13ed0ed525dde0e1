import { describe, expect, it } from '@jest/globals';
import { ADA, anAnswer, anEnvelope, aTaskDraft } from '../../../../test/builders.js';
import { inMemoryBackend } from '../../../../test/in-memory-backend.js';
import { InMemoryBegunTurns } from '../../repositories/in-memory/in-memory-begun-turns.js';
import { InMemoryConversationRepository } from '../../repositories/in-memory/in-memory-conversation-repository.js';
import { InMemoryMessageStore } from '../../repositories/in-memory/in-memory-message-store.js';
import { AnswerUnavailable, MessageExists } from '../conversation/conversation.errors.js';
import type { Answer, EngineAnswer, Question, Saying } from '../conversation/conversation.js';
import { AnswerEngine, type EngineFrame } from '../ports/answer-engine.js';
import { SavedAnswer } from '../ports/saved-answer.js';
import { Transcript } from '../transcript.js';
import { TurnRecord } from '../turn-record.js';
import { Converse, type LiveFrame } from './converse.js';
import { KeepTurn } from './keep-turn.js';

class ScriptedEngine extends AnswerEngine {
  readonly questions: Question[] = [];
  cut = false;

  async answer(question: Question): Promise<EngineAnswer> {
    this.questions.push(question);
    return anAnswer(question, [{ op: 'create_task', task: aTaskDraft() }]);
  }

  async *stream(question: Question): AsyncGenerator<EngineFrame, void, undefined> {
    yield { kind: 'pass', event: 'token', data: { i: 0, c: 'x' } };
    if (!this.cut) yield { kind: 'done', answer: await this.answer(question) };
  }
}

class KeptAnswers extends SavedAnswer {
  readonly answers: Answer[] = [];

  async keep(answer: Answer): Promise<void> {
    this.answers.push(answer);
  }
}

function aTable() {
  const backend = inMemoryBackend();
  const engine = new ScriptedEngine();
  const saved = new KeptAnswers();
  const messages = new InMemoryMessageStore();
  const conversations = new InMemoryConversationRepository();
  const transcript = new Transcript(conversations, messages, backend.transaction);
  const keepTurn = new KeepTurn(new InMemoryBegunTurns(), messages, new TurnRecord(conversations, backend.planDesk, backend.publisher), saved, backend.transaction);
  return { ...backend, engine, saved, messages, conversations, converse: new Converse(backend.circumstances, transcript, engine, keepTurn, backend.clock) };
}

const saying = (more: Partial<Saying> = {}): Saying => ({ message_id: anEnvelope('x.y.z').oid, message: anEnvelope('conversations.message.text'), apply: true, ...more });
const signal = new AbortController().signal;

async function all(frames: AsyncIterable<LiveFrame>): Promise<LiveFrame[]> {
  const seen: LiveFrame[] = [];
  for await (const frame of frames) seen.push(frame);
  return seen;
}

describe('Converse', () => {
  it('asks in the person’s zone and time, and keeps the answer for repetitions', async () => {
    const table = aTable();
    await table.persons.learn(ADA, { timezone: 'Asia/Tokyo', seq: 1 });
    const answer = await table.converse.execute(ADA, saying(), signal);
    expect(table.engine.questions).toMatchObject([{ timezone: 'Asia/Tokyo', now: '2026-11-23T05:00:00.000Z', history: [] }]);
    expect(table.saved.answers).toEqual([answer]);
    expect(answer.created_tasks).toMatchObject([{ scheduled_time: '07:00', recurrence: 'daily' }]);
  });

  it('remembers the last ten turns of a conversation', async () => {
    const table = aTable();
    await table.persons.learn(ADA, { timezone: 'UTC', seq: 1 });
    const { conversation_id: id } = await table.converse.execute(ADA, saying(), signal);
    for (let turn = 0; turn < 12; turn += 1) await table.converse.execute(ADA, saying({ conversation_id: id }), signal);
    const history = table.engine.questions.at(-1)?.history ?? [];
    expect([history.length, history[0]?.role, history.at(-1)?.role]).toEqual([20, 'user', 'assistant']);
    expect(history.at(-1)?.id).toBe(table.saved.answers.at(-2)?.reply_id);
  });

  it('never writes over what was said before', async () => {
    const table = aTable();
    await table.persons.learn(ADA, { timezone: 'UTC', seq: 1 });
    const first = saying();
    const { reply_id: reply } = await table.converse.execute(ADA, first, signal);
    for (const known of [first.message_id ?? '', reply]) {
      await expect(table.converse.execute(ADA, saying({ message_id: known }), signal)).rejects.toThrow(MessageExists);
    }
    const kept = await table.messages.find(ADA, [first.message_id ?? '', reply]);
    expect(kept.map(({ role, content }) => [role, content])).toEqual([['user', first.message], ['assistant', table.saved.answers[0]?.ai_response]]);
  });

  it('streams what comes, then the plan and the whole answer', async () => {
    const table = aTable();
    await table.persons.learn(ADA, { timezone: 'UTC', seq: 1 });
    const frames = await all(table.converse.live(ADA, saying(), signal));
    expect(frames.map(({ event }) => event)).toEqual(['token', 'plan', 'done']);
    expect(frames.at(-1)?.data).toEqual(table.saved.answers[0]);
  });

  it('keeps nothing of an answer that breaks off', async () => {
    const table = aTable();
    await table.persons.learn(ADA, { timezone: 'UTC', seq: 1 });
    table.engine.cut = true;
    await expect(all(table.converse.live(ADA, saying(), signal))).rejects.toThrow(AnswerUnavailable);
    expect([await table.conversations.findPage(ADA, { limit: 9 }), table.outbox.events]).toEqual([[], []]);
  });
});
