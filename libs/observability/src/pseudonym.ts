import { createHmac, randomBytes } from 'node:crypto';

/**
 * Turns a user id into a pseudonym that holds for one calendar month (UTC): lines of one person can be read together for a while,
 * and not for ever. 16 hex digits of HMAC-SHA-256 under a key derived per month. Without a secret the key is drawn at random.
 */
export class Pseudonyms {
  private readonly secret: Uint8Array;
  private month = '';
  private key: Uint8Array = new Uint8Array();

  constructor(secret?: Uint8Array) {
    this.secret = secret ?? randomBytes(32);
  }

  of(userId: string, nowMs: number = Date.now()): string {
    const month = new Date(nowMs).toISOString().slice(0, 7);
    if (month !== this.month) {
      this.key = createHmac('sha256', this.secret).update(`selfos/log-pseudonym/${month}`).digest();
      this.month = month;
    }
    return createHmac('sha256', this.key).update(userId).digest('hex').slice(0, 16);
  }
}
