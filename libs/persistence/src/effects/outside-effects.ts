import { createHash } from 'node:crypto';
import { EffectInTransaction, EffectUnderWay, EffectUnknown } from './effects.errors.js';
import type { EffectKey, EffectLedger, Hold, Receipt, Reservation } from './effect-ledger.js';

/** What the provider answered to a call. A call that rejects leaves open what happened. */
export type CallAnswer<R extends Receipt> =
  | { readonly made: true; readonly receipt: R }
  /** Certain that nothing happened: refused for good, or too many calls. `because` is thrown; a later call is free to try again. */
  | { readonly made: false; readonly because: Error };

/** What asking the provider brought. `unclear` also when the provider cannot be asked. */
export type Finding<R extends Receipt> = { readonly state: 'made'; readonly receipt: R } | { readonly state: 'absent' } | { readonly state: 'unclear' };

/** A kind of effect outside the house: an e-mail, a push, a post, a charge. */
export interface OutsideEffect<R extends Receipt> {
  /** `email`, `model-charge`: names its scope in `once`, `effect:<kind>`. */
  readonly kind: string;
  /** A call that takes longer is given up, and unknown. */
  readonly callWithinMs: number;
  /**
   * How long after a lost call the provider could still carry it out; before that `absent` proves nothing. 0 where the provider itself
   * makes what comes twice under one idempotency key once.
   */
  readonly settlesWithinMs: number;
  /** Asks the provider what became of the call with this idempotency key. */
  reconcile(idempotencyKey: string, signal: AbortSignal): Promise<Finding<R>>;
}

export interface EffectCall<R extends Receipt> {
  /** What makes it this effect and no other: the same for every repetition. */
  readonly key: string;
  readonly userId?: string | undefined;
  /** Calls the provider once. The idempotency key is the same for every call under this key, and tells nothing of it. */
  call(idempotencyKey: string, signal: AbortSignal): Promise<CallAnswer<R>>;
}

export interface EffectDone<R extends Receipt> {
  readonly receipt: R;
  /** False when it had been made before; then nothing was called. */
  readonly now: boolean;
}

/** How many effects that a reconciliation came to know. */
export interface Reconciled {
  readonly made: number;
  readonly absent: number;
  readonly unclear: number;
}

const RECONCILED_AT_ONCE = 100;

/**
 * Makes an effect outside the house once for each key, whatever dies or gets lost: the effect is reserved before the call, and `sent` when
 * the provider confirmed it. When the answer was lost, or the process died in between, it is unknown; then the provider is asked, and the
 * call is repeated only when it is certain that nothing happened.
 */
export class OutsideEffects {
  constructor(
    private readonly ledger: EffectLedger,
    private readonly insideTransaction: () => boolean = () => false,
  ) {}

  /**
   * Resolves when the effect has been made, now or before. Rejects with EffectUnderWay while somebody else makes it, with EffectUnknown while
   * nobody knows, and with the provider's own error when it was refused; each may be tried again.
   */
  async make<R extends Receipt>(effect: OutsideEffect<R>, wanted: EffectCall<R>): Promise<EffectDone<R>> {
    if (this.insideTransaction()) throw new EffectInTransaction();
    const found = await this.ledger.reserve(reservationOf(effect, wanted));
    if (found.state === 'held') throw new EffectUnderWay();
    if (found.state === 'settling') throw new EffectUnknown();
    // what was stored under this kind is this kind's receipt
    if (found.state === 'sent') return { receipt: found.receipt as R, now: false };
    if (found.state === 'free') return { receipt: await this.call(effect, wanted, found.hold), now: true };
    return this.askedFirst(effect, wanted, found.hold);
  }

  /** Asks what became of effects that nobody waits for any more, up to 100 of the kind. Calls nothing. */
  async reconcile<R extends Receipt>(effect: OutsideEffect<R>): Promise<Reconciled> {
    const counts = { made: 0, absent: 0, unclear: 0 };
    for (const key of await this.ledger.open(effect.kind, RECONCILED_AT_ONCE)) {
      const found = await this.ledger.reserve(reservationOf(effect, { key }));
      if (found.state !== 'unknown') continue;
      const finding = await this.find(effect, found.hold);
      if (finding.state === 'absent') await this.ledger.free(found.hold);
      counts[finding.state] += 1;
    }
    return counts;
  }

  private async askedFirst<R extends Receipt>(effect: OutsideEffect<R>, wanted: EffectCall<R>, hold: Hold): Promise<EffectDone<R>> {
    const finding = await this.find(effect, hold);
    if (finding.state === 'made') return { receipt: finding.receipt, now: false };
    if (finding.state === 'unclear') throw new EffectUnknown();
    if (!(await this.ledger.renew(hold, leaseOf(effect)))) throw new EffectUnderWay();
    return { receipt: await this.call(effect, wanted, hold), now: true };
  }

  /** Asks the provider; what it says is kept, except that nothing happened. */
  private async find<R extends Receipt>(effect: OutsideEffect<R>, hold: Hold): Promise<Finding<R>> {
    const asked = within(effect.callWithinMs, (signal) => effect.reconcile(idempotencyKeyOf(hold), signal));
    const finding = await asked.catch((): Finding<R> => ({ state: 'unclear' }));
    if (finding.state === 'made') await this.ledger.sent(hold, finding.receipt);
    if (finding.state === 'unclear') await this.ledger.unknown(hold, 0);
    return finding;
  }

  private async call<R extends Receipt>(effect: OutsideEffect<R>, wanted: EffectCall<R>, hold: Hold): Promise<R> {
    const answer = await this.answerOf(effect, wanted, hold);
    if (answer.made) {
      await this.ledger.sent(hold, answer.receipt);
      return answer.receipt;
    }
    await this.ledger.free(hold);
    throw answer.because;
  }

  private async answerOf<R extends Receipt>(effect: OutsideEffect<R>, wanted: EffectCall<R>, hold: Hold): Promise<CallAnswer<R>> {
    try {
      return await within(effect.callWithinMs, (signal) => wanted.call(idempotencyKeyOf(hold), signal));
    } catch (cause) {
      await this.ledger.unknown(hold, effect.settlesWithinMs);
      throw new EffectUnknown({ cause });
    }
  }
}

/** The same for every call of one effect, and nothing of its key can be read in it. */
function idempotencyKeyOf({ kind, key }: EffectKey): string {
  return createHash('sha256').update(JSON.stringify(['selfos effect', kind, key])).digest('hex').slice(0, 40);
}

/** For the mark after the call, and for asking. */
const MARK_MS = 5_000;

/** Time for the call, for the provider to be done with it, and for the mark. */
function leaseOf(effect: OutsideEffect<Receipt>): number {
  return effect.callWithinMs + effect.settlesWithinMs + MARK_MS;
}

function reservationOf(effect: OutsideEffect<Receipt>, wanted: { readonly key: string; readonly userId?: string | undefined }): Reservation {
  return { kind: effect.kind, key: wanted.key, userId: wanted.userId, leaseMs: leaseOf(effect) };
}

/** Gives up at the end of the time, also when the provider's library does not heed the signal. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms);
  const over = Promise.withResolvers<never>();
  const abort = () => over.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(signal), over.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
