import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import type { StoredMessage } from '../src/conversations/domain/conversation/conversation.js';
import type { MessageStore } from '../src/conversations/domain/ports/message-store.js';
import { ADA, anEnvelope, BOB } from './builders.js';

function aMessage(change: Partial<StoredMessage> = {}): StoredMessage {
  const id = uuidv7();
  return { id, conversation_id: uuidv7(), role: 'user', content: anEnvelope('conversations.message.text', id), context: null, media: null, timestamp: '2026-11-23T05:00:00.000Z', attachments: [uuidv7()], ...change };
}

/** What every adapter of MessageStore promises. `as` runs work for a person. */
export function messageStoreContract(name: string, store: () => MessageStore, as: <T>(userId: string, work: () => Promise<T>) => Promise<T>): void {
  describe(`MessageStore: ${name}`, () => {
    it('gives back what it was given, unchanged', async () => {
      const messages = [aMessage(), aMessage({ role: 'assistant', media: anEnvelope('conversations.message.media') })];
      await as(ADA, () => store().put(ADA, messages));
      const found = await as(ADA, () => store().find(ADA, messages.map(({ id }) => id)));
      expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(messages.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    });

    it('replaces a message that is written again', async () => {
      const message = aMessage();
      const again = { ...message, content: anEnvelope('conversations.message.text', message.id) };
      await as(ADA, () => store().put(ADA, [message]));
      await as(ADA, () => store().put(ADA, [again]));
      expect(await as(ADA, () => store().find(ADA, [message.id, message.id]))).toEqual([again]);
    });

    it('leaves out what is not there', async () => {
      const message = aMessage();
      await as(ADA, () => store().put(ADA, [message]));
      expect(await as(ADA, () => store().find(ADA, [uuidv7(), message.id]))).toEqual([message]);
      expect(await as(ADA, () => store().find(ADA, []))).toEqual([]);
    });

    it('keeps apart what two people brought under one id', async () => {
      const [hers, his] = [aMessage(), aMessage()];
      const same = { ...his, id: hers.id };
      await as(ADA, () => store().put(ADA, [hers]));
      await as(BOB, () => store().put(BOB, [same]));
      expect(await as(ADA, () => store().find(ADA, [hers.id]))).toEqual([hers]);
      expect(await as(BOB, () => store().find(BOB, [hers.id]))).toEqual([same]);
    });

    it('deletes what it is told to, of this person only, and says how much of it was there', async () => {
      const [mine, stays] = [aMessage(), aMessage()];
      await as(ADA, () => store().put(ADA, [mine, stays]));
      expect(await as(BOB, () => store().remove(BOB, [mine.id]))).toBe(0);
      expect(await as(ADA, () => store().remove(ADA, [mine.id, uuidv7()]))).toBe(1);
      expect(await as(ADA, () => store().find(ADA, [mine.id, stays.id]))).toEqual([stays]);
      expect(await as(ADA, () => store().remove(ADA, []))).toBe(0);
    });

    it('shows nobody another person’s messages', async () => {
      const message = aMessage();
      await as(ADA, () => store().put(ADA, [message]));
      expect(await as(BOB, () => store().find(BOB, [message.id]))).toEqual([]);
    });
  });
}
