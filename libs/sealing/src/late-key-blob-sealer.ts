import { BlobSealer, type BlobSealRequest, type Envelope, type KeyHolder } from '@selfos/crypto';

/** Lends a key for one piece of work and overwrites it afterwards. */
export type WithKey = <T>(work: (holder: KeyHolder) => Promise<T>) => Promise<T>;

/** Seals a file, and has the person's key only while it writes the header: a film may take minutes, or never be finished. */
export class LateKeyBlobSealer extends BlobSealer {
  private readonly holders: KeyHolder[];

  constructor(
    request: Omit<BlobSealRequest, 'recipients'>,
    private readonly withKey: WithKey,
  ) {
    const holders: KeyHolder[] = [];
    super({ ...request, recipients: holders });
    this.holders = holders;
  }

  override header(): Promise<Envelope> {
    return this.withKey(async (holder) => {
      this.holders.push(holder);
      try {
        return await super.header();
      } finally {
        this.holders.length = 0;
      }
    });
  }
}
