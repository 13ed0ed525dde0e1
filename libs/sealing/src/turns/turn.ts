import { fromBase64Url, fromUtf8, newTurnKey, openFrame, sealFrame, SealRefused, toBase64Url, utf8, wipe, asTurnKey, type TurnKey } from '@selfos/crypto';
import type { EnvelopeJson } from '@selfos/contracts';
import type { Sealer } from '../sealer.js';

/** Place of a turn key: its object is the turn. */
const TURN_KEY = 'conversations.turn.key';

/** Data of the event `key`, the first of every live answer, and again after `reset`. */
export interface KeyFrame {
  readonly turn_id: string;
  readonly key: EnvelopeJson;
}

/** Data of every later event of the answer. */
export interface SealedFrame {
  /** Position in the answer from 0. */
  readonly i: number;
  /** base64url. */
  readonly c: string;
}

/** Whose answer and which. */
export interface TurnName {
  readonly userId: string;
  /** UUID; the envelope of the turn key is bound to it. */
  readonly turnId: string;
}

/** Seals one live answer frame by frame under a key of its own. A retry starts a new writer and says `reset` first. */
export class TurnWriter {
  private index = 0;

  private constructor(
    private readonly key: TurnKey,
    readonly opening: KeyFrame,
  ) {}

  static async start(sealer: Sealer, { userId, turnId }: TurnName): Promise<TurnWriter> {
    const key = newTurnKey();
    const envelope = await sealer.sealValue(userId, { oid: turnId, ctx: TURN_KEY }, toBase64Url(key));
    return new TurnWriter(key, { turn_id: turnId, key: envelope });
  }

  /** The next frame; `data` is any JSON value. Frames must be sent in the order they were sealed. */
  async seal(data: unknown): Promise<SealedFrame> {
    const i = this.index;
    this.index += 1;
    const sealed = await sealFrame(this.key, { turnId: this.opening.turn_id, index: i }, utf8(JSON.stringify(data)));
    return { i, c: toBase64Url(sealed) };
  }

  /** Overwrites the key. */
  end(): void {
    wipe(this.key);
  }
}

/** Opens the frames of one live answer in their order; a lost, repeated or exchanged frame is SealRefused. */
export class TurnReader {
  private next: number | undefined;

  private constructor(
    private readonly key: TurnKey,
    private readonly turnId: string,
  ) {}

  /** From the frame `key`; the first frame read may be any, so that an answer can be resumed in the middle. */
  static async start(sealer: Sealer, userId: string, { turn_id: turnId, key }: KeyFrame): Promise<TurnReader> {
    const text = await sealer.openValue(userId, { oid: turnId, ctx: TURN_KEY }, key);
    const bytes = typeof text === 'string' ? fromBase64Url(text) : undefined;
    if (bytes?.length !== 32) throw new SealRefused();
    return new TurnReader(asTurnKey(bytes), turnId);
  }

  async open({ i, c }: SealedFrame): Promise<unknown> {
    const sealed = fromBase64Url(c);
    if (sealed === undefined || (this.next !== undefined && i !== this.next)) throw new SealRefused();
    const plaintext = await openFrame(this.key, { turnId: this.turnId, index: i }, sealed);
    this.next = i + 1;
    return JSON.parse(fromUtf8(plaintext));
  }

  /** Overwrites the key. */
  end(): void {
    wipe(this.key);
  }
}
