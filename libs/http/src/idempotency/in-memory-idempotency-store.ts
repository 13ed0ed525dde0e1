import { IdempotencyStore, type ClaimOutcome, type RequestClaim, type StoredAnswer } from './idempotency-store.js';

/** For specs and for a service without a database: claims live as long as the process. */
export class InMemoryIdempotencyStore extends IdempotencyStore {
  private readonly slots = new Map<string, { fingerprint: string; answer?: StoredAnswer }>();

  begin(claim: RequestClaim): Promise<ClaimOutcome> {
    const slot = this.slots.get(slotOf(claim));
    if (slot === undefined) {
      this.slots.set(slotOf(claim), { fingerprint: claim.fingerprint });
      return Promise.resolve({ state: 'claimed' });
    }
    if (slot.fingerprint !== claim.fingerprint) return Promise.resolve({ state: 'mismatch' });
    return Promise.resolve(slot.answer === undefined ? { state: 'running' } : { state: 'done', answer: slot.answer });
  }

  complete(claim: RequestClaim, answer: StoredAnswer): Promise<void> {
    this.slots.set(slotOf(claim), { fingerprint: claim.fingerprint, answer });
    return Promise.resolve();
  }

  release(claim: RequestClaim): Promise<void> {
    if (this.slots.get(slotOf(claim))?.answer === undefined) this.slots.delete(slotOf(claim));
    return Promise.resolve();
  }

  atomically<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

function slotOf(claim: RequestClaim): string {
  return `${claim.scope}\n${claim.key}`;
}
