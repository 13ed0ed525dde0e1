import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { somebody, type Somebody } from './people.js';
import { discard, startSystem, type System } from './system.js';

interface Seen {
  /** The reply after each frame. */
  readonly words: readonly string[];
  readonly events: readonly string[];
  readonly done: { readonly ai_response: string; readonly truncated: boolean; readonly conversation_id: string; readonly answered_by: object; readonly plan: object | null };
}

const DRAFT = {
  reply: 'Good morning — 你好. We go slowly. And we stop when it hurts.', goals: [], media: [], used_memories: [], assumptions: [],
  tasks: [{ title: 'Stretch', life_area: 'health', priority: 3, energy_required: 2, duration_minutes: 10, when: { repeat: 'every day' }, first_step: false }],
};
const event = (value: { readonly type: string; readonly [key: string]: unknown }): string => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const pieces = (all: string): string[] => (all.match(/[\s\S]{1,9}/g) ?? []).map((text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }));
const BEGINNING = [
  event({ type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 11, output_tokens: 1 } } }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
];
const ENDING = [event({ type: 'content_block_stop', index: 0 }), event({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 7 } }), event({ type: 'message_stop' })];

describe('an answer of a language model, from its maker to the person', () => {
  let write: (response: ServerResponse) => void = () => undefined;
  const maker: Server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(request.method === 'POST' ? 200 : 404, { 'content-type': 'text/event-stream' });
      if (request.method === 'POST') write(response);
      else response.end();
    });
  });
  let system: System;
  let ada: Somebody;
  beforeAll(async () => {
    maker.listen(0, '127.0.0.1');
    await once(maker, 'listening');
    system = await startSystem({ env: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: `http://127.0.0.1:${(maker.address() as AddressInfo).port}` } });
    ada = await somebody(system.url);
  }, 120_000);
  afterAll(async () => {
    await discard(system);
    maker.closeAllConnections();
    maker.close();
  });

  async function watch(message: string, heard: (words: string) => void = () => undefined): Promise<Seen> {
    const [words, events]: [string[], string[]] = [[], []];
    let text = '';
    let done: unknown;
    for await (const frame of ada.client.stream(routes.converse, { body: { message } })) {
      if (frame.event === 'reset') text = '';
      if (frame.event === 'token') text += (frame.data as { text: string }).text;
      if (frame.event === 'done') done = frame.data;
      words.push(text);
      events.push(frame.event);
      heard(text);
    }
    return { words, events, done: done as Seen['done'] };
  }

  async function stored(conversationId: string): Promise<string> {
    const { items } = await ada.client.call(routes.listMessages, { params: { id: conversationId } });
    return items.at(-1)?.text ?? '';
  }

  it('comes sentence by sentence while it is written, and is stored as it was seen', async () => {
    const json = JSON.stringify(DRAFT);
    const { promise: isSeen, resolve: seen } = Promise.withResolvers<void>();
    write = (response) => {
      response.write([...BEGINNING, ...pieces(json.slice(0, json.indexOf('And we stop')))].join(''));
      void isSeen.then(() => response.end([...pieces(json.slice(json.indexOf('And we stop'))), ...ENDING].join('')));
    };
    const { words, events, done } = await watch('Help me with my back', (text) => {
      if (text === 'Good morning — 你好. We go slowly.') seen();
    });
    expect([words.at(-1), await stored(done.conversation_id)]).toEqual([done.ai_response, done.ai_response]);
    expect(done).toMatchObject({ truncated: false, answered_by: { model: 'anthropic/claude-opus-5-5', strategy: 'standard', fallback: null } });
    expect([events.includes('reset'), events.slice(-2)]).toEqual([false, ['plan', 'done']]);
  });

  it('that breaks off is kept as far as it was seen, with nothing that follows from it', async () => {
    const json = JSON.stringify(DRAFT);
    write = (response) => {
      response.write([...BEGINNING, ...pieces(json.slice(0, json.indexOf('And we stop')))].join(''), () => setTimeout(() => response.socket?.destroy(), 50));
    };
    const { words, done } = await watch('Help me with my knee');
    expect(done).toMatchObject({ truncated: true, plan: null });
    expect(done.ai_response).toMatch(/^Good morning — 你好\. We go slowly\.\nHere the language model broke off\./);
    expect([words.at(-1), await stored(done.conversation_id)]).toEqual([done.ai_response, done.ai_response]);
  });

  it('that turns out to be no answer is taken back, and another takes its place', async () => {
    write = (response) => void response.end([...BEGINNING, ...pieces(JSON.stringify({ ...DRAFT, tasks: 'none' })), ...ENDING].join(''));
    const { words, events, done } = await watch('Help me sleep better');
    expect(events.filter((name) => name === 'reset')).toHaveLength(1);
    expect(words.some((text) => text.includes('We go slowly'))).toBe(true);
    expect(done).toMatchObject({ truncated: false, answered_by: { model: 'selfos-builtin' } });
    expect([words.at(-1), await stored(done.conversation_id)]).toEqual([done.ai_response, done.ai_response]);
  });
});
