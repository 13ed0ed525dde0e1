import { describe } from '@jest/globals';
import { storesSuite } from '../../../test/repositories.suite.js';
import { InMemoryKeyRing } from './in-memory-key-ring.js';
import { InMemorySessionRepository } from './in-memory-session.repository.js';
import { InMemoryUserRepository } from './in-memory-user.repository.js';

describe('the stores in memory', () => {
  storesSuite(() =>
    Promise.resolve({
      users: new InMemoryUserRepository(),
      sessions: new InMemorySessionRepository(),
      keys: new InMemoryKeyRing(),
      as: (_userId, work) => work(),
      close: () => Promise.resolve(),
    }),
  );
});
