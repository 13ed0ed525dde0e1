import { describe, expect, it } from '@jest/globals';
import { ADA } from '../../../test/builders.js';
import { messageStoreContract } from '../../../test/message-store.contract.js';
import { InMemoryMessageStore } from '../repositories/in-memory/in-memory-message-store.js';
import { TwoMessageStores } from './two-message-stores.js';

const here = <T>(_userId: string, work: () => Promise<T>): Promise<T> => work();
const single = new InMemoryMessageStore();
const both = new TwoMessageStores(new InMemoryMessageStore(), new InMemoryMessageStore());

messageStoreContract('in memory', () => single, here);
messageStoreContract('two stores', () => both, here);

describe('TwoMessageStores', () => {
  it('reads from the former store what the current one does not have, and asks it for nothing else', async () => {
    const former = new InMemoryMessageStore();
    const current = new InMemoryMessageStore();
    const asked: string[][] = [];
    former.find = async (_userId, ids) => {
      asked.push([...ids]);
      return [];
    };
    await new TwoMessageStores(current, former).find(ADA, ['one']);
    expect(asked).toEqual([['one']]);
    await new TwoMessageStores(current, former).find(ADA, []);
    expect(asked).toHaveLength(1);
  });
});
