import { fromBase64Url, fromUtf8, keyedHash, KeyWrap, SealRefused, toBase64Url, toHex, utf8, type HmacKey } from '@selfos/crypto';
import { IdempotencyStore, type ClaimOutcome, type RequestClaim, type StoredAnswer } from '@selfos/http';

/**
 * Claims of repeatable requests without what people sent: the fingerprint of a body that holds a password becomes a keyed hash, and so
 * does the key, which may hold the fingerprint; the kept answer, which holds an address, is sealed.
 */
export class SealedIdempotencyStore extends IdempotencyStore {
  private readonly inner = new WeakMap<RequestClaim, RequestClaim>();

  constructor(
    private readonly store: IdempotencyStore,
    private readonly wrap: KeyWrap,
    private readonly fingerprintKey: HmacKey,
  ) {
    super();
  }

  async begin(claim: RequestClaim): Promise<ClaimOutcome> {
    const outcome = await this.store.begin(await this.disguised(claim));
    if (outcome.state !== 'done') return outcome;
    return { state: 'done', answer: { status: outcome.answer.status, body: await this.open(claim, outcome.answer.body) } };
  }

  async complete(claim: RequestClaim, answer: StoredAnswer): Promise<void> {
    await this.store.complete(await this.disguised(claim), { status: answer.status, body: await this.seal(claim, answer.body) });
  }

  async release(claim: RequestClaim): Promise<void> {
    await this.store.release(await this.disguised(claim));
  }

  atomically<T>(work: () => Promise<T>): Promise<T> {
    return this.store.atomically(work);
  }

  /** Always the same object for one claim: the store underneath tells attempts apart by it. */
  private async disguised(claim: RequestClaim): Promise<RequestClaim> {
    const [key, fingerprint] = await Promise.all([claim.key, claim.fingerprint].map((text) => this.hashOf(claim.scope, text)));
    const known = this.inner.get(claim) ?? { scope: claim.scope, key: key ?? '', fingerprint: fingerprint ?? '' };
    this.inner.set(claim, known);
    return known;
  }

  private async hashOf(scope: string, text: string): Promise<string> {
    return toHex(await keyedHash(this.fingerprintKey, scope, text));
  }

  private async seal(claim: RequestClaim, body: unknown): Promise<string> {
    const { version, bytes } = await this.wrap.wrap(utf8(JSON.stringify(body ?? null)), placeOf(claim));
    return `${version}.${toBase64Url(bytes)}`;
  }

  private async open(claim: RequestClaim, kept: unknown): Promise<unknown> {
    const [version = '', text = ''] = String(kept).split('.');
    const bytes = fromBase64Url(text);
    if (bytes === undefined) throw new SealRefused();
    return JSON.parse(fromUtf8(await this.wrap.unwrap({ version: Number(version), bytes }, placeOf(claim))));
  }
}

function placeOf({ scope, key }: RequestClaim): string {
  return `${scope}\n${key}`;
}
