/** What is kept of an effect that was made: ids, numbers and states of the provider's; no content and no addresses. */
export type Receipt = Readonly<Record<string, string | number | boolean | null>>;

/** Which effect: its kind, and what makes it this one. */
export interface EffectKey {
  readonly kind: string;
  readonly key: string;
}

/** The right to go on with an effect, until its lease ends. The fence grows with every holder. */
export interface Hold extends EffectKey {
  readonly fence: number;
}

/** What whoever wants to make an effect finds. */
export type Found =
  /** Nobody has called the provider, or all who did were refused: call it. */
  | { readonly state: 'free'; readonly hold: Hold }
  /** It was called, and nobody knows what became of it: ask, do not call. */
  | { readonly state: 'unknown'; readonly hold: Hold }
  | { readonly state: 'sent'; readonly receipt: Receipt }
  /** Another is calling. */
  | { readonly state: 'held' }
  /** Another is asking, or the answer was lost so short ago that asking would prove nothing. */
  | { readonly state: 'settling' };

export interface Reservation extends EffectKey {
  /** Whose effect, if anybody's. */
  readonly userId?: string | undefined;
  /** From when on a silent holder counts as dead, and what it called as settled with the provider. */
  readonly leaseMs: number;
}

/**
 * Remembers outside effects: `reserved` before the provider is called, then `sent` or `unknown`. Every step is one that stands by itself
 * when it has been made, whatever dies afterwards.
 */
export abstract class EffectLedger {
  /** Reserves an effect before its provider is called, or tells how it stands. A reservation whose lease ended is an unknown effect. */
  abstract reserve(reservation: Reservation): Promise<Found>;

  /** The provider confirmed it. Needs no fence: what happened has happened. The first receipt stays. */
  abstract sent(effect: EffectKey, receipt: Receipt): Promise<void>;

  /** The provider certainly did not do it: free for a new call. Nothing when the hold was lost. */
  abstract free(hold: Hold): Promise<void>;

  /** Nobody knows; may be asked when `settlingMs` have passed. Nothing when the hold was lost. */
  abstract unknown(hold: Hold, settlingMs: number): Promise<void>;

  /** Makes an unknown effect that turned out not to have happened a reservation again, for another call. False when the hold was lost. */
  abstract renew(hold: Hold, leaseMs: number): Promise<boolean>;

  /** Keys of effects of a kind that nobody holds and that are neither sent nor free, the oldest first. */
  abstract open(kind: string, most: number): Promise<readonly string[]>;
}
