const SHARE = 0.1;
const MOST = 10;

/**
 * Lets one call in ten be repeated, and the first few of a quiet time: when everything fails, repetitions must not double the load on
 * whatever is left (Google SRE Book, ch. 21).
 */
export class RetryBudget {
  private left = MOST;

  /** A call was begun. */
  earn(): void {
    this.left = Math.min(MOST, this.left + SHARE);
  }

  /** A call is repeated. */
  spend(): void {
    this.left -= 1;
  }

  get allows(): boolean {
    return this.left >= 1;
  }
}
