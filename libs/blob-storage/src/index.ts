export * from './blob-key.js';
export * from './blob-storage.errors.js';
export * from './blob-storage.js';
export { FilesystemBlobStorage } from './filesystem-blob-storage.js';
export { InMemoryBlobStorage } from './in-memory-blob-storage.js';
