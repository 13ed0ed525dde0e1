import type { EnvelopeJson, SealedCopyJson } from '@selfos/contracts';

/** A sealed text as it travels in events: with where it belongs, unopened. */
export function copyOf(envelope: EnvelopeJson): SealedCopyJson {
  return { oid: envelope.oid, ctx: envelope.ctx, envelope };
}
