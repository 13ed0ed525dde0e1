import type { EnvelopeJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { type SealedText, SealedTexts } from '../../domain/ports/sealed-texts.js';
import { VectorCloak } from '../../domain/ports/vector-cloak.js';

/** For specs: an envelope that carries its words as they are. */
export function openEnvelopeOf(text: string): EnvelopeJson {
  return { v: 1, s: 1, uid: '', oid: '', ctx: '', rev: '', wid: '', r: [], m: '', n: '', c: text };
}

/** For specs: reads what `openEnvelopeOf` wrote. */
export class PlainTexts extends SealedTexts {
  open(_userId: Uuid, memories: readonly SealedText[]): Promise<readonly string[]> {
    return Promise.resolve(memories.map(({ text }) => text.c));
  }

  openQuotes(userId: Uuid, quotes: readonly SealedText[]): Promise<readonly string[]> {
    return this.open(userId, quotes);
  }

  openQuery(_userId: Uuid, query: SealedText): Promise<string> {
    return Promise.resolve(query.text.c);
  }
}

/** For specs: leaves vectors as they are. */
export class NoCloak extends VectorCloak {
  cloak(_userId: Uuid, vectors: readonly Float32Array[]): Promise<readonly Float32Array[]> {
    return Promise.resolve(vectors);
  }

  nameOf(userId: Uuid): Promise<string> {
    return Promise.resolve(`space-${userId}`);
  }
}
