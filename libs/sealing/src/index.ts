export { CachedKeySource } from './keys/cached-key-source.js';
export { HttpKeySource } from './keys/http-key-source.js';
export { InMemoryKeySource } from './keys/in-memory-key-source.js';
export { KeySource, type KeyName } from './keys/key-source.js';
export { Sealer, type BodyScope, type ValuePlace } from './sealer.js';
export { TurnReader, TurnWriter, type KeyFrame, type SealedFrame, type TurnName } from './turns/turn.js';
