import { defineError } from '@selfos/kernel';

/** Somebody else is making this effect, or made it a moment ago; whoever asks later gets its receipt. */
export class EffectUnderWay extends defineError('persistence.effect.under-way', 'unavailable', 'This is being done already') {}

/** The provider’s answer was lost and asking has not told yet what became of the effect; it is asked again, and nothing is repeated meanwhile. */
export class EffectUnknown extends defineError('persistence.effect.unknown', 'unavailable', 'It is not known yet whether this was done') {}

/** A programming error: a provider was to be called while a transaction is open. */
export class EffectInTransaction extends defineError('persistence.effect.in-transaction', 'conflict', 'A provider is never called inside a transaction') {}
