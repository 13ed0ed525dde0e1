import { lengthPrefixed } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import type { TurnKey } from '../keys/keys.js';
import { aesGcmOpen, aesGcmSeal } from '../primitives/primitives.js';

/** Which chunk of which answer. A turn key seals one turn only, so the index alone is its nonce. */
export interface FramePlace {
  readonly turnId: string;
  /** From 0, without gaps. */
  readonly index: number;
}

/** One chunk of a live answer: AES-256-GCM, nonce = index as 12 bytes big-endian, bound to the turn and the index. */
export function sealFrame(key: TurnKey, place: FramePlace, plaintext: Uint8Array): Promise<Uint8Array> {
  return aesGcmSeal({ key, ...bound(place) }, plaintext);
}

/** SealRefused for another turn, another place in the turn, or altered bytes. */
export async function openFrame(key: TurnKey, place: FramePlace, sealed: Uint8Array): Promise<Uint8Array> {
  const plaintext = await aesGcmOpen({ key, ...bound(place) }, sealed);
  if (plaintext === undefined) throw new SealRefused();
  return plaintext;
}

function bound({ turnId, index }: FramePlace): { nonce: Uint8Array; aad: Uint8Array } {
  if (!Number.isInteger(index) || index < 0 || index > 0xffffffff) throw new SealRefused();
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, index);
  return { nonce, aad: lengthPrefixed('selfos/turn/1', turnId, String(index)) };
}
