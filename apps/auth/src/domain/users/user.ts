import type { Uuid } from '@selfos/kernel';

export type Tier = 'standard' | 'premium' | 'privacy';

/** Somebody with an account. The address itself is sealed; only its keyed hash can be looked for. */
export interface User {
  readonly id: Uuid;
  /** 64 hex digits. */
  readonly emailHash: string;
  /** A server envelope (`t: "s"`), opened by nobody but auth. */
  readonly email: SealedEmail;
  readonly passwordHash: string;
  /** IANA. */
  readonly timezone: string;
  readonly tier: Tier;
  readonly createdAt: Date;
  /** From 1. */
  readonly version: number;
}

/** The sealed address as JSON; only the EmailVault looks inside. */
export type SealedEmail = object;
