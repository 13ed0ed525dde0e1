import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventPublisher } from '@selfos/event-bus';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { InMemoryOutbox, InMemoryTransaction } from '@selfos/persistence';
import { CorrectionMisplaced, FeedbackCursorInvalid, FeedbackIdTaken } from '../src/domain/feedback/feedback.errors.js';
import { GiveFeedback } from '../src/domain/use-cases/give-feedback.js';
import { ListFeedback } from '../src/domain/use-cases/list-feedback.js';
import { InMemoryFeedbackRepository } from '../src/repositories/in-memory/in-memory-feedback.repository.js';
import { ADA, BOB, CONVERSATION, sealedFor } from './builders.js';

describe('feedback', () => {
  const clock = new MovableClock();
  let outbox: InMemoryOutbox;
  let give: GiveFeedback;
  let list: ListFeedback;

  beforeEach(() => {
    clock.freeze(Date.parse('2026-11-22T10:00:00Z'));
    outbox = new InMemoryOutbox();
    const feedbacks = new InMemoryFeedbackRepository();
    give = new GiveFeedback(new InMemoryTransaction(), feedbacks, new EventPublisher(outbox, clock, 'rlhf'), clock);
    list = new ListFeedback(new InMemoryTransaction(), feedbacks);
  });

  const said = (id = uuidv7(), more = {}) => ({ id, conversationId: CONVERSATION, messageId: null, rating: 4, correction: sealedFor(id), ...more });

  it('is kept as it was sealed, and told without the correction', async () => {
    const feedback = said();
    expect(await give.execute(ADA, feedback)).toEqual({ ...feedback, userId: ADA, createdAt: clock.now() });
    expect(outbox.events).toHaveLength(1);
    expect(outbox.events[0]).toMatchObject({ type: 'feedback.recorded', aggregateId: feedback.id, payload: { data: { id: feedback.id, conversation_id: CONVERSATION, message_id: null, rating: 4 } } });
    expect(JSON.stringify(outbox.events)).not.toContain('correction');
  });

  it('needs no correction', async () => {
    expect((await give.execute(ADA, said(uuidv7(), { correction: null }))).correction).toBeNull();
  });

  it('refuses an id twice', async () => {
    const feedback = said();
    await give.execute(ADA, feedback);
    await expect(give.execute(ADA, feedback)).rejects.toThrow(FeedbackIdTaken);
    expect(outbox.events).toHaveLength(1);
  });

  it.each([
    ['another person', { uid: BOB }],
    ['another thing', { oid: uuidv7() }],
    ['another field', { ctx: 'tasks.task.title' }],
  ])('refuses a correction that was sealed for %s', async (_which, more) => {
    const id = uuidv7();
    await expect(give.execute(ADA, said(id, { correction: sealedFor(id, more) }))).rejects.toThrow(CorrectionMisplaced);
    expect((await list.execute(ADA, { limit: 10 })).items).toEqual([]);
  });

  it('is listed newest first, in pages, to its person only', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      ids.unshift((await give.execute(ADA, said())).id);
      clock.freeze(clock.nowMs() + 1_000);
    }
    const first = await list.execute(ADA, { limit: 3 });
    const second = await list.execute(ADA, { limit: 3, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    expect((await list.execute(BOB, { limit: 3 })).items).toEqual([]);
    await expect(list.execute(ADA, { limit: 3, cursor: 'nonsense' })).rejects.toThrow(FeedbackCursorInvalid);
  });
});
