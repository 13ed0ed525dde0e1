import { afterEach, describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { eventually, requireRealPart, startMongo } from '@selfos/testing';
import { aSaying, PARIS, useBackend } from './backend-under-test.js';
import { aTaskDraft, BOB } from './builders.js';

function conversations(mongoUrl: () => Promise<string | undefined>): void {
  const backend = useBackend(mongoUrl);

  describe('a conversation', () => {
    it('becomes a turn, an applied plan and its tasks, and tells of them', async () => {
      const user = await backend.someone();
      const draft = aTaskDraft();
      backend.engine.propose = () => [{ op: 'create_task', task: draft }];
      const answer = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
      expect(answer.created_tasks).toEqual([{ id: draft.id, title: draft.title, scheduled_time: '07:00', recurrence: 'daily' }]);
      expect(answer).toMatchObject({ plan: { status: 'applied' }, model: 'selfos-builtin', memories_used: [] });
      expect(backend.engine.questions.at(-1)).toMatchObject({ timezone: PARIS, now: '2026-11-23T05:00:00.000Z', history: [] });
      const messages = await backend.as(user, () => backend.client.call(routes.listMessages, { params: { id: answer.conversation_id } }));
      expect(messages.items.map(({ role }) => role)).toEqual(['user', 'assistant']);
      expect(messages.items[1]).toMatchObject({ id: answer.reply_id, text: answer.ai_response, plan_id: answer.plan?.id, model: 'selfos-builtin', answered_by: answer.answered_by, template: { id: 'plan', version: 1 }, truncated: false });
      expect(await backend.told(user)).toEqual(['task.created', 'plan.applied', 'conversation.turn_completed']);
    });

    it('goes on with what was said before, and pages through it', async () => {
      const user = await backend.someone();
      const first = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
      for (let turn = 0; turn < 3; turn += 1) await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying({ conversation_id: first.conversation_id }) }));
      expect(backend.engine.questions.at(-1)?.history).toHaveLength(6);
      const path = { params: { id: first.conversation_id } };
      expect(await backend.as(user, () => backend.client.call(routes.getConversation, path))).toMatchObject({ turns: 4 });
      const one = await backend.as(user, () => backend.client.call(routes.listMessages, { ...path, query: { limit: 3 } }));
      const two = await backend.as(user, () => backend.client.call(routes.listMessages, { ...path, query: { limit: 5, cursor: one.next_cursor ?? '' } }));
      const all = await backend.as(user, () => backend.client.call(routes.listMessages, path));
      expect([...one.items, ...two.items]).toEqual(all.items);
      expect([all.items.length, two.next_cursor, all.next_cursor]).toEqual([8, null, null]);
      await expect(backend.as(user, () => backend.client.call(routes.listMessages, { ...path, query: { cursor: 'x' } }))).rejects.toMatchObject({ code: 'backend.cursor.invalid' });
    });

    it('numbers turns that are said at the same time', async () => {
      const user = await backend.someone();
      const { conversation_id: id } = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
      await Promise.all(Array.from({ length: 5 }, () => backend.as(user, () => backend.client.call(routes.converse, { body: aSaying({ conversation_id: id }) }))));
      const messages = await backend.as(user, () => backend.client.call(routes.listMessages, { params: { id } }));
      expect(messages.items.map(({ role }) => role)).toEqual(Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 'user' : 'assistant')));
    });

    it('said twice under one key is said once, also at the same time', async () => {
      const user = await backend.someone();
      backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
      const body = aSaying();
      const asked = backend.engine.questions.length;
      const say = () => backend.as(user, () => backend.client.call(routes.converse, { body, idempotencyKey: 'one' }));
      const { promise: isRefused, resolve: letGo } = Promise.withResolvers<void>();
      backend.engine.hold = isRefused;
      const both = [say(), say()] as const;
      await Promise.race(both).catch(() => undefined);
      letGo();
      const [first, second] = await Promise.allSettled(both);
      expect([first, second].filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const again = await say();
      expect(again).toEqual([first, second].find((one) => one.status === 'fulfilled')?.value);
      expect(backend.engine.questions.length).toBe(asked + 1);
      expect((await backend.as(user, () => backend.client.call(routes.listTasks, {}))).items).toHaveLength(1);
      expect(await backend.told(user)).toEqual(['task.created', 'plan.applied', 'conversation.turn_completed']);
      await expect(backend.as(user, () => backend.client.call(routes.converse, { body: aSaying(), idempotencyKey: 'one' }))).rejects.toMatchObject({ code: 'http.idempotency.key-reused' });
      await expect(backend.as(user, () => backend.client.call(routes.converse, { body }))).rejects.toMatchObject({ code: 'conversations.message.exists' });
    });

    it.each(['refuse', 'cut'] as const)('leaves nothing behind when the engine fails (%s)', async (failure) => {
      const user = await backend.someone();
      backend.engine.failure = failure;
      const body = aSaying();
      const attempt = () => (failure === 'cut' ? backend.frames(user, body, 'k') : backend.as(user, () => backend.client.call(routes.converse, { body, idempotencyKey: 'k' })));
      if (failure === 'cut') expect((await backend.frames(user, body, 'k')).at(-1)).toMatchObject({ event: 'error', data: { status: 503, code: 'conversations.answer.unavailable' } });
      else await expect(attempt()).rejects.toMatchObject({ code: 'conversations.answer.unavailable', kind: 'unavailable' });
      expect((await backend.as(user, () => backend.client.call(routes.listConversations, {}))).items).toEqual([]);
      expect(await backend.told(user)).toEqual([]);
      backend.engine.failure = 'none';
      expect(await backend.as(user, () => backend.client.call(routes.converse, { body, idempotencyKey: 'k' }))).toMatchObject({ plan: null });
    });

    it('leaves nothing behind when the plan cannot be applied', async () => {
      const user = await backend.someone();
      backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }, { op: 'cancel_task', task_id: uuidv7() }];
      await expect(backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }))).rejects.toMatchObject({ code: 'conversations.answer.unusable' });
      expect((await backend.as(user, () => backend.client.call(routes.listTasks, {}))).items).toEqual([]);
      expect(await backend.told(user)).toEqual([]);
    });

    it('streams: sealed frames as they came, then the plan, then the whole answer, kept for repetitions', async () => {
      const user = await backend.someone();
      backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
      const body = aSaying();
      const seen = await backend.frames(user, body, 's');
      expect(seen.map(({ event }) => event)).toEqual(['key', 'token', 'token', 'token', 'plan', 'done']);
      expect(seen[1]?.data).toEqual({ i: 0, c: 'c2VhbGVk' });
      expect(routes.converse.response.inner.safeParse(seen.at(-1)?.data).success).toBe(true);
      expect(await backend.as(user, () => backend.client.call(routes.converse, { body, idempotencyKey: 's' }))).toEqual(seen.at(-1)?.data);
    });

    it('is nobody else’s', async () => {
      const user = await backend.someone();
      const { conversation_id: id } = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
      for (const route of [routes.getConversation, routes.listMessages] as const) {
        await expect(backend.as(BOB, async (): Promise<unknown> => backend.client.call(route, { params: { id } }))).rejects.toMatchObject({ code: 'conversations.conversation.not-found' });
      }
      await expect(backend.as(BOB, () => backend.client.call(routes.converse, { body: aSaying({ conversation_id: id }) }))).rejects.toMatchObject({ code: 'conversations.conversation.not-found' });
    });
  });

  describe('the message store', () => {
    afterEach(() => backend.retire());

    it('can be changed without losing a message', async () => {
      const user = await backend.someone();
      const first = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
      await backend.launch({ MESSAGE_STORE: 'postgres' });
      const second = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying({ conversation_id: first.conversation_id }) }));
      const messages = await backend.as(user, () => backend.client.call(routes.listMessages, { params: { id: first.conversation_id } }));
      expect(messages.items.filter(({ role }) => role === 'assistant').map(({ id }) => id)).toEqual([first.reply_id, second.reply_id]);
      await backend.retire();
      expect(await backend.as(user, () => backend.client.call(routes.listMessages, { params: { id: first.conversation_id } }))).toEqual(messages);
    });
  });

  it('waits for the news of a new account, so that the first sentence is planned in the right zone', async () => {
    const user = uuidv7();
    setTimeout(() => void backend.knows(user, 'Asia/Tokyo'), 200);
    await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
    await eventually(() => expect(backend.engine.questions.at(-1)?.timezone).toBe('Asia/Tokyo'));
  });
}

requireRealPart('postgres')('the backend over HTTP, on PostgreSQL alone', () => conversations(() => Promise.resolve(undefined)));
requireRealPart('postgres', 'mongo')('the backend over HTTP, with messages in a MongoDB-compatible server', () => conversations(() => startMongo()));
