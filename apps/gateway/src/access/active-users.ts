const ACTIVE_MS = 15 * 60_000;
const MAX_KNOWN = 1_000_000;

/** Counts the people who made a request in the last quarter of an hour. */
export class ActiveUsers {
  /** In the order of their last request. */
  private readonly lastSeen = new Map<string, number>();

  seen(userId: string, nowMs: number = Date.now()): void {
    this.lastSeen.delete(userId);
    this.lastSeen.set(userId, nowMs);
    const [oldest] = this.lastSeen.keys();
    if (this.lastSeen.size > MAX_KNOWN && oldest !== undefined) this.lastSeen.delete(oldest);
  }

  count(nowMs: number = Date.now()): number {
    for (const [userId, at] of this.lastSeen) {
      if (nowMs - at < ACTIVE_MS) break;
      this.lastSeen.delete(userId);
    }
    return this.lastSeen.size;
  }
}
