import type { Contract, Domain, EnvelopeJson, Inner, InnerInput, Plain } from '@selfos/contracts';
import { DOMAINS } from '@selfos/contracts';
import {
  BlobReader, deriveHmacKey, fromUtf8, HybridClock, openEnvelope, sealEnvelope, SealRefused, utf8, type BlobSealer, type Envelope, type EnvelopeMeta, type HmacKey, type KeyHolder,
} from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { KeyBatch } from './key-batch.js';
import { LateKeyBlobSealer } from './late-key-blob-sealer.js';
import type { KeySource } from './keys/key-source.js';
import { Walker, type Found } from './walk/walk.js';

/** Whose body it is, and what a body that does not say so itself is about. */
export interface BodyScope {
  readonly userId: string;
  /** The object that sealed fields outside any object with an id belong to. */
  readonly rootOid?: string | undefined;
  /** Names objects that a body brings without their id (path `items[0]`; the root is `''`); a new UUID each by default. */
  readonly newId?: (path: string) => string;
  /** What an opened body shows instead of a file's inner path; the path itself by default. */
  readonly fileUrl?: (path: string) => string | Promise<string>;
}

/** Where one sealed value lives; its domain is the first part of `ctx`. */
export interface ValuePlace {
  readonly oid: string;
  readonly ctx: string;
}

/** Seals and opens whole bodies by their contracts. Whatever does not open exactly where it stands is SealRefused. */
export class Sealer {
  private readonly clock = new HybridClock();
  private readonly walker = new Walker();

  /** `writer` goes into every envelope: `edge:1`, `ai:1`. */
  constructor(
    private readonly keys: KeySource,
    private readonly writer: string,
  ) {}

  /** The inner shape of a body that fits the contract's plain shape. An object that seals something is given its id. */
  async seal<C extends Contract>(contract: C, scope: string | BodyScope, body: Plain<C>): Promise<InnerInput<C>> {
    const { userId, rootOid, newId = () => uuidv7() } = asScope(scope);
    return this.withKeys(userId, async (batch) => {
      const replace = (found: Found): unknown => (found.mark.kind === 'sealed' ? this.sealFound(found, userId, batch) : passOn(found));
      return (await this.walker.walk(contract.plain, body, { rootOid, nameless: newId, replace })) as InnerInput<C>;
    });
  }

  /** The plain shape of a body that fits the contract's inner shape. */
  async open<C extends Contract>(contract: C, scope: string | BodyScope, body: Inner<C>): Promise<Plain<C>> {
    const { userId, rootOid, fileUrl = (path: string) => path } = asScope(scope);
    return this.withKeys(userId, async (batch) => {
      const replace = (found: Found): unknown => {
        if (found.mark.kind === 'file') return fileUrl(String(found.value));
        return found.mark.kind === 'copy' ? openCopy(found, userId, batch) : openFound(found, userId, batch);
      };
      return (await this.walker.walk(contract.plain, body, { rootOid, nameless: undefined, replace })) as Plain<C>;
    });
  }

  /** One value that belongs to no contract's body, such as a column of the caller's own. */
  sealValue(userId: string, place: ValuePlace, value: unknown): Promise<EnvelopeJson> {
    return this.withKeys(userId, async (batch) => {
      const holder = await batch.current(domainOf(place.ctx));
      return sealJson(this.meta(userId, place), holder, value);
    });
  }

  /** The value back; SealRefused unless it was sealed for exactly this person and place. */
  openValue(userId: string, place: ValuePlace, envelope: unknown): Promise<unknown> {
    return this.withKeys(userId, (batch) => openJson({ userId, ...place }, envelope, batch));
  }

  /** Seals a file of any size; its header envelope comes last. Refuses at once where there is no key for it. */
  async blobSealer(userId: string, place: ValuePlace, mime: string): Promise<BlobSealer> {
    const withKey = <T>(work: (holder: KeyHolder) => Promise<T>): Promise<T> => this.withKeys(userId, async (batch) => work(await batch.current(domainOf(place.ctx))));
    await withKey(() => Promise.resolve());
    return new LateKeyBlobSealer({ meta: this.meta(userId, place), mime }, withKey);
  }

  /** Opens ranges of a file by its header envelope. */
  blobReader(userId: string, place: ValuePlace, header: unknown): Promise<BlobReader> {
    return this.withKeys(userId, (batch) =>
      BlobReader.open({ envelope: header, expected: { uid: userId, ...place }, holder: (recipients) => batch.forRecipients(domainOf(place.ctx), recipients) }),
    );
  }

  /** A key for keyed hashes of this person's for one purpose: object ids, request fingerprints. Stable for life. */
  hmacKey(userId: string, purpose: string): Promise<HmacKey> {
    return this.withKeys(userId, async (batch) => deriveHmacKey((await batch.ofEpoch('profile', 1)).key, purpose));
  }

  private async sealFound({ mark, value, oid, path }: Found, userId: string, batch: KeyBatch): Promise<Envelope> {
    if (mark.kind !== 'sealed') throw new Error('only sealed fields are sealed here');
    if (oid === undefined) throw new Error(`the sealed field ${path} belongs to no object: give the body an id or a rootOid`);
    return sealJson(this.meta(userId, { oid, ctx: mark.ctx }), await batch.current(mark.domain), value);
  }

  private meta(uid: string, { oid, ctx }: ValuePlace): EnvelopeMeta {
    return { uid, oid, ctx, rev: this.clock.next(), wid: this.writer };
  }

  private async withKeys<T>(userId: string, work: (batch: KeyBatch) => Promise<T>): Promise<T> {
    const batch = new KeyBatch(this.keys, userId);
    try {
      return await work(batch);
    } finally {
      await batch.wipe();
    }
  }
}

function asScope(scope: string | BodyScope): BodyScope {
  return typeof scope === 'string' ? { userId: scope } : scope;
}

/** Copies come from where they were sealed; whoever seals a body passes them on byte by byte. */
function passOn({ mark, value, path }: Found): unknown {
  if (mark.kind === 'copy' && typeof value !== 'object') throw new Error(`the copy at ${path} has to be passed on sealed`);
  return value;
}

async function openFound({ mark, value, oid }: Found, userId: string, batch: KeyBatch): Promise<unknown> {
  if (mark.kind !== 'sealed' || oid === undefined) throw new SealRefused();
  return openJson({ userId, oid, ctx: mark.ctx }, value, batch);
}

async function openCopy({ mark, value }: Found, userId: string, batch: KeyBatch): Promise<unknown> {
  const { oid, ctx, envelope } = value as { readonly oid?: unknown; readonly ctx?: unknown; readonly envelope?: unknown };
  const place = mark.kind === 'copy' ? mark.places.find((one) => one.ctx === ctx) : undefined;
  if (place === undefined || typeof oid !== 'string') throw new SealRefused();
  return openJson({ userId, oid, ctx: place.ctx }, envelope, batch);
}

async function sealJson(meta: EnvelopeMeta, holder: KeyHolder, value: unknown): Promise<Envelope & EnvelopeJson> {
  const envelope = await sealEnvelope({ meta, recipients: [holder], plaintext: utf8(JSON.stringify(value)) });
  return envelope as Envelope & EnvelopeJson;
}

async function openJson({ userId, oid, ctx }: ValuePlace & { readonly userId: string }, value: unknown, batch: KeyBatch): Promise<unknown> {
  const holder = (recipients: Envelope['r']): Promise<KeyHolder> => batch.forRecipients(domainOf(ctx), recipients);
  const plaintext = await openEnvelope({ envelope: value, expected: { uid: userId, oid, ctx }, holder });
  try {
    return JSON.parse(fromUtf8(plaintext));
  } catch {
    throw new SealRefused();
  }
}

function domainOf(ctx: string): Domain {
  const domain = DOMAINS.find((one) => ctx.startsWith(`${one}.`));
  if (domain === undefined) throw new SealRefused();
  return domain;
}
