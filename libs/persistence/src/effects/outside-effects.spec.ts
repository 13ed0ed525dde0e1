import { outsideEffectsContract } from '../../test/outside-effects.contract.js';
import { InMemoryEffectLedger } from './in-memory-effect-ledger.js';

const time = { now: 0 };
const ledger = new InMemoryEffectLedger(() => time.now);

outsideEffectsContract('memory', {
  ledger: () => ledger,
  endLeases: async () => void (time.now += 3_600_000),
});
