import type { Domain } from '@selfos/contracts';
import { domainKeyId, SealRefused, wipe, type DomainKey, type KeyHolder } from '@selfos/crypto';
import { DomainError } from '@selfos/kernel';
import type { KeySource } from './keys/key-source.js';

/** The keys of one body: each is asked for once, and all are overwritten when the body is done. */
export class KeyBatch {
  private readonly keys = new Map<string, Promise<DomainKey>>();
  private readonly epochs = new Map<Domain, Promise<number>>();

  constructor(
    private readonly source: KeySource,
    private readonly userId: string,
  ) {}

  /** The key that new content of a domain is sealed under. */
  async current(domain: Domain): Promise<KeyHolder> {
    const epoch = this.epochs.get(domain) ?? this.source.currentEpoch(this.userId, domain);
    this.epochs.set(domain, epoch);
    return this.ofEpoch(domain, await epoch);
  }

  /** The key that one of an envelope's recipients names. SealRefused when none is of this domain, or of an epoch that never was. */
  async forRecipients(domain: Domain, recipients: readonly { readonly t: string; readonly k: string }[]): Promise<KeyHolder> {
    const epochs = recipients.filter((recipient) => recipient.t === 'd').map((recipient) => epochOf(domain, recipient.k));
    const epoch = epochs.find((one) => one !== undefined);
    if (epoch === undefined) throw new SealRefused();
    return this.ofEpoch(domain, epoch).catch((error: unknown) => {
      throw error instanceof DomainError && error.kind === 'not-found' ? new SealRefused({ cause: error }) : error;
    });
  }

  /** The key of one epoch, as the source gives it. */
  async ofEpoch(domain: Domain, epoch: number): Promise<KeyHolder> {
    const k = domainKeyId(domain, epoch);
    const key = this.keys.get(k) ?? this.source.domainKey({ userId: this.userId, domain, epoch });
    this.keys.set(k, key);
    return { t: 'd', k, key: await key };
  }

  /** Overwrites every key that was handed out. */
  async wipe(): Promise<void> {
    for (const result of await Promise.allSettled(this.keys.values())) if (result.status === 'fulfilled') wipe(result.value);
    this.keys.clear();
  }
}

function epochOf(domain: Domain, keyId: string): number | undefined {
  const [name, epoch = ''] = keyId.split(':');
  return name === domain && /^[1-9]\d{0,8}$/.test(epoch) ? Number(epoch) : undefined;
}
