import { describe } from '@jest/globals';
import { InMemoryBlobStorage } from '../src/index.js';
import { blobStorageContract } from './blob-storage.contract.js';

describe('InMemoryBlobStorage', () => {
  blobStorageContract(() => Promise.resolve(new InMemoryBlobStorage()));
});
