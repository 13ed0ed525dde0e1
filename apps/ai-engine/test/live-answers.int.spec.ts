import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Inner, type Plain, routes } from '@selfos/contracts';
import type { SseFrame } from '@selfos/http';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { type KeyFrame, type SealedFrame, TurnReader } from '@selfos/sealing';
import { eventually, requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { AiEngineBed } from './ai-engine-bed.js';
import { claudeWire, lines, ProviderServer, type Reply, status } from './provider-server.js';

type Answered = Plain<typeof routes.answerMessage.response>;
type Asked = Plain<typeof routes.answerMessage.body>;

interface Seen {
  /** What a client has after each frame. */
  readonly words: string[];
  readonly events: string[];
  readonly answer: Answered;
}

const DRAFT = {
  reply: 'Good morning — 你好. We begin on Monday 6 March. "Slowly", as you said.', goals: [], media: [], used_memories: [], assumptions: [],
  tasks: [{ title: 'Stretch', life_area: 'health', priority: 3, energy_required: 2, duration_minutes: 10, when: { repeat: 'every day' }, first_step: false }],
};
const RIGHT = 'Good morning — 你好. We begin on Friday 6 March. "Slowly", as you said.';
const FREE: Asked['settings'] = { privacy_mode: 'off', model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } };

/** The deltas of an answer, each with few characters. */
const deltas = (all: string): string[] => (all.match(/[\s\S]{1,7}/g) ?? []).map((text) => `event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })}\n\n`);
const beginning = claudeWire.whole('').slice(0, 3);
const ending = claudeWire.whole('').slice(-3);

requireRealPart('postgres')('an answer while it is being written', () => {
  const server = new ProviderServer();
  let bed: AiEngineBed;
  beforeAll(async () => {
    bed = await AiEngineBed.start({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: await server.start(), AI_FIRST_WORD_TIMEOUT: '5' });
    bed.clock.freeze(Date.parse('2026-03-04T08:00:00Z'));
  });
  afterAll(async () => {
    await bed.stop();
    await server.stop();
  });

  const question = (more: Partial<Asked> = {}): Asked => ({
    message_id: uuidv7(), conversation_id: uuidv7(), reply_id: uuidv7(), message: 'Help me with my back', timezone: 'Europe/Paris', now: bed.clock.now().toISOString(), history: [],
    settings: FREE, agenda: { tasks: [], more_tasks: 0, goals: [], more_goals: 0 }, ...more,
  });

  async function watch(userId: Uuid, asked: Asked, onFrame: (frame: SseFrame, words: string) => void = () => undefined): Promise<Seen> {
    const body = await bed.sealer.seal(routes.answerMessage.body, userId, asked);
    const seen = { words: [] as string[], events: [] as string[] };
    let reader: TurnReader | undefined;
    let text = '';
    let done: unknown;
    await bed.actingFor(userId, async () => {
      for await (const frame of bed.client('backend').stream(routes.answerMessage, { body })) {
        if (frame.event === 'key') [reader, text] = [await TurnReader.start(bed.sealer, userId, frame.data as KeyFrame), ''];
        const opened = frame.event === 'token' || frame.event === 'memory_used' ? await reader?.open(frame.data as SealedFrame) : undefined;
        if (frame.event === 'token') text += (opened as { text: string }).text;
        if (frame.event === 'done') done = frame.data;
        seen.events.push(frame.event);
        seen.words.push(text);
        onFrame(frame, text);
      }
    });
    const answer = await bed.sealer.open(routes.answerMessage.response, userId, routes.answerMessage.response.inner.parse(done));
    expect(seen.words.at(-1)).toBe(answer.ai_response);
    return { ...seen, answer };
  }

  async function whole(userId: Uuid, asked: Asked): Promise<Answered> {
    const body = await bed.sealer.seal(routes.answerMessage.body, userId, asked);
    const answer = await bed.actingFor(userId, () => bed.client('backend').call(routes.answerMessage, { body }));
    return bed.sealer.open(routes.answerMessage.response, userId, answer as Inner<typeof routes.answerMessage.response>);
  }

  async function callsOf(userId: Uuid): Promise<{ state: string; input_tokens: number; output_tokens: number }[]> {
    const client = new pg.Client({ connectionString: `${bed.database.url}_ai` });
    await client.connect();
    const { rows } = await client.query<{ state: string; input_tokens: number; output_tokens: number }>('SELECT state, input_tokens, output_tokens FROM model_calls WHERE user_id = $1 ORDER BY at', [userId]);
    await client.end();
    return rows;
  }

  /** Writes the answer up to a place, and what follows when it is let. */
  function heldAt(text: string, place: string): { readonly reply: Reply; readonly goOn: () => void } {
    const { promise: let_, resolve: goOn } = Promise.withResolvers<void>();
    const at = text.indexOf(place);
    const reply: Reply = async (response) => {
      response.writeHead(200, { 'content-type': claudeWire.contentType });
      response.write([...beginning, ...deltas(text.slice(0, at))].join(''));
      await let_;
      response.end([...deltas(text.slice(at)), ...ending].join(''));
    };
    return { reply, goOn };
  }

  const cutAt = (text: string, place: string): Reply => async (response) => {
    response.writeHead(200, { 'content-type': claudeWire.contentType });
    await new Promise((resolve) => response.write([...beginning, ...deltas(text.slice(0, text.indexOf(place)))].join(''), resolve));
    setTimeout(() => response.socket?.destroy(), 50);
  };

  /** Three failures in a row would let the model rest. */
  beforeEach(async () => {
    server.reply = lines(claudeWire, claudeWire.whole(JSON.stringify(DRAFT)));
    await whole(uuidv7(), question());
  });

  it('reaches the person sentence by sentence, checked, before the model has written its end', async () => {
    const { reply, goOn } = heldAt(JSON.stringify(DRAFT), ' as you said');
    server.reply = reply;
    const { events, words, answer } = await watch(uuidv7(), question(), (_frame, text) => {
      if (text.endsWith('Friday 6 March.')) goOn();
    });
    expect(answer).toMatchObject({ truncated: false, answered_by: { model: 'anthropic/claude-opus-5-5', strategy: 'standard', fallback: null } });
    expect(answer.ai_response.startsWith(RIGHT)).toBe(true);
    expect(answer.changes).toHaveLength(1);
    expect(events).not.toContain('reset');
    expect(words.some((text) => text.includes('Monday'))).toBe(false);
  });

  it('that breaks off after its first words keeps them, says so, and changes nothing', async () => {
    const ada = uuidv7();
    server.reply = cutAt(JSON.stringify(DRAFT), ' as you said');
    const { answer, events } = await watch(ada, question());
    expect(answer).toMatchObject({ truncated: true, changes: [], media_suggestions: [], answered_by: { model: 'anthropic/claude-opus-5-5', fallback: 'anthropic/claude-opus-5-5: cut' } });
    expect(answer.ai_response).toBe('Good morning — 你好. We begin on Friday 6 March.\nHere the language model broke off. Nothing was changed; ask again for the rest.');
    expect(events).not.toContain('reset');
    const [call] = await callsOf(ada);
    expect([call?.state, (call?.input_tokens ?? 0) > 100, (call?.output_tokens ?? 0) > 10]).toEqual(['estimated', true, true]);
    expect(answer.usage.output_tokens).toBe(call?.output_tokens);
  });

  it('that falls silent in the middle ends within the time for silence', async () => {
    server.reply = heldAt(JSON.stringify(DRAFT), 'Slowly').reply;
    expect((await watch(uuidv7(), question())).answer).toMatchObject({ truncated: true, answered_by: { fallback: 'anthropic/claude-opus-5-5: timeout' } });
  });

  it.each<readonly [string, Reply]>([
    ['breaks off before its first sentence', cutAt(JSON.stringify(DRAFT), 'morning')],
    ['is limited', status(claudeWire, 429)],
    ['writes lines that nobody can read', lines(claudeWire, [claudeWire.garbage])],
    ['never says a word', () => undefined],
  ])('that %s is another’s whole answer', async (_what, reply) => {
    server.reply = reply;
    const { answer, words } = await watch(uuidv7(), question());
    expect(answer).toMatchObject({ truncated: false, model: 'selfos-builtin', answered_by: { model: 'selfos-builtin', strategy: 'standard', fallback: expect.stringContaining('anthropic/claude-opus-5-5: ') } });
    expect([answer.changes.length > 0, words.some((text) => text.includes('Good'))]).toEqual([true, false]);
  });

  it('takes back what was seen when the whole turns out to be no answer', async () => {
    server.reply = lines(claudeWire, claudeWire.whole(JSON.stringify({ ...DRAFT, tasks: 'none' })));
    const { events, words, answer } = await watch(uuidv7(), question());
    expect(events.filter((event) => event === 'reset' || event === 'key')).toEqual(['key', 'reset', 'key']);
    expect(words.some((text) => text.includes('Friday 6 March'))).toBe(true);
    expect(answer).toMatchObject({ model: 'selfos-builtin', truncated: false });
  });

  it('is never half an answer for those who do not watch', async () => {
    server.reply = cutAt(JSON.stringify(DRAFT), ' as you said');
    const answer = await whole(uuidv7(), question());
    expect(answer).toMatchObject({ truncated: false, model: 'selfos-builtin' });
    expect(answer.ai_response).not.toContain('Good morning');
  });

  it('is counted also when the person leaves in the middle', async () => {
    const ada = uuidv7();
    server.reply = heldAt(JSON.stringify(DRAFT), ' as you said').reply;
    const body = await bed.sealer.seal(routes.answerMessage.body, ada, question());
    await bed.actingFor(ada, async () => {
      for await (const { event } of bed.client('backend').stream(routes.answerMessage, { body })) if (event === 'token') break;
    });
    await eventually(async () => expect(await callsOf(ada)).toMatchObject([{ state: 'estimated' }]));
  });

  it.each([['private', 'privacy'], ['offline', 'offline']] as const)('asks nobody outside when the person is %s, whatever they prefer', async (privacy_mode, strategy) => {
    const asked = server.seen.length;
    server.reply = lines(claudeWire, claudeWire.whole(JSON.stringify(DRAFT)));
    const answer = await whole(uuidv7(), question({ settings: { ...FREE, privacy_mode, model: 'claude-3-opus' } }));
    expect([answer.answered_by, server.seen.length - asked]).toEqual([{ model: 'selfos-builtin', strategy, fallback: 'claude-3-opus: not available' }, 0]);
  });

  it('counts a call that nobody heard the end of, as when the process died, with the most that it may have used', async () => {
    const ada = uuidv7();
    const client = new pg.Client({ connectionString: `${bed.database.url}_ai` });
    await client.connect();
    await client.query("INSERT INTO model_calls (user_id, call_id, model, operation, state, input_tokens, output_tokens, at) VALUES ($1, $2, 'anthropic/claude-opus-5-5', 'plan', 'reserved', 500, 4096, $3)", [ada, uuidv7(), bed.clock.now()]);
    await client.end();
    const answer = await whole(ada, question({ settings: { ...FREE, budget: { ...FREE.budget, day_tokens: 4000 } } }));
    expect([answer.model, answer.ai_response.includes('used up')]).toEqual(['selfos-builtin', true]);
  });

  it('stays within the person’s own limit', async () => {
    const [ada, budget] = [uuidv7(), { ...FREE.budget, day_tokens: 20 }];
    server.reply = lines(claudeWire, claudeWire.whole(JSON.stringify(DRAFT)));
    const first = await whole(ada, question({ settings: { ...FREE, budget } }));
    const second = await whole(ada, question({ message: 'Help me sleep', settings: { ...FREE, budget } }));
    expect([first.model, second.model, second.ai_response.includes('Four fifths')]).toEqual(['anthropic/claude-opus-5-5', 'anthropic/claude-opus-5-5', true]);
    const third = await whole(ada, question({ message: 'Help me read', settings: { ...FREE, budget } }));
    expect([third.model, third.ai_response.includes('used up')]).toEqual(['selfos-builtin', true]);
    expect(await callsOf(ada)).toEqual([{ state: 'measured', input_tokens: 11, output_tokens: 7 }, { state: 'measured', input_tokens: 11, output_tokens: 7 }]);
    const spent = await whole(uuidv7(), question({ settings: { ...FREE, budget: { ...FREE.budget, month_money: 0 } } }));
    expect(spent.model).toBe('selfos-builtin');
  });

  it('lets only one of many messages sent at once have what is left', async () => {
    const [ada, budget, asked] = [uuidv7(), { ...FREE.budget, day_tokens: 10 }, server.seen.length];
    server.reply = lines(claudeWire, claudeWire.whole(JSON.stringify(DRAFT)));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, number) => whole(ada, question({ message: `Help me read ${String(number)} pages`, settings: { ...FREE, budget } }))));
    const [lucky, ...others] = answers.toSorted((a, b) => a.model.localeCompare(b.model));
    expect([lucky?.model, new Set(others.map(({ model }) => model)), server.seen.length - asked]).toEqual(['anthropic/claude-opus-5-5', new Set(['selfos-builtin']), 1]);
    expect(others.every(({ ai_response }) => ai_response.includes('used up'))).toBe(true);
  });
});
