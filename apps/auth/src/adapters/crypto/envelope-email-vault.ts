import { emailHash, fromUtf8, HybridClock, openEnvelope, SealRefused, sealEnvelope, serverKeyId, utf8, type HmacKey, type KeyHolder } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import { KeyRing } from '../../domain/keys/key-ring.js';
import { EmailVault } from '../../domain/ports/email-vault.js';
import type { SealedEmail } from '../../domain/users/user.js';

const PLACE = 'auth.user.email';

/** Addresses as envelopes under the person's server key; the object is the person. */
export class EnvelopeEmailVault extends EmailVault {
  private readonly clock = new HybridClock();

  constructor(
    private readonly indexKey: HmacKey,
    private readonly keys: KeyRing,
  ) {
    super();
  }

  hash(email: string): Promise<string> {
    return emailHash(this.indexKey, email);
  }

  async seal(userId: Uuid, email: string): Promise<SealedEmail> {
    const meta = { uid: userId, oid: userId, ctx: PLACE, rev: this.clock.next(), wid: 'srv:auth' };
    return sealEnvelope({ meta, recipients: [await this.holder(userId)], plaintext: utf8(JSON.stringify(email)) });
  }

  async open(userId: Uuid, sealed: SealedEmail): Promise<string> {
    const expected = { uid: userId, oid: userId, ctx: PLACE };
    const plaintext = await openEnvelope({ envelope: sealed, expected, holder: await this.holder(userId) });
    return String(JSON.parse(fromUtf8(plaintext)));
  }

  private async holder(userId: Uuid): Promise<KeyHolder> {
    const key = await this.keys.serverKey(userId);
    if (key === undefined) throw new SealRefused();
    return { t: 's', k: serverKeyId(1), key };
  }
}
