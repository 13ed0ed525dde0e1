import { envelopeSchema, type Contract } from '@selfos/contracts';
import { readFrames, type SseFrame } from '@selfos/http';
import { TurnReader, type Sealer } from '@selfos/sealing';
import { z } from 'zod';

const keyFrame = z.object({ turn_id: z.uuid(), key: envelopeSchema });
const sealedFrame = z.strictObject({ i: z.int().min(0), c: z.string() });

export interface FramesToOpen {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly sealer: Sealer;
  readonly userId: string;
  /** Of the whole answer, which the frame `done` repeats. */
  readonly contract: Contract | undefined;
  readonly openAnswer: (inner: unknown) => Promise<unknown>;
}

/**
 * The frames of a live answer as a client without keys reads them: `key` frames are used and kept back, frames sealed under the
 * turn's key are opened, the whole answer in `done` is opened by its contract, everything else passes.
 */
export async function* openFrames(source: FramesToOpen): AsyncGenerator<SseFrame, void, undefined> {
  let reader: TurnReader | undefined;
  try {
    for await (const frame of readFrames(source.bytes)) {
      const opening = frame.event === 'key' ? keyFrame.safeParse(frame.data).data : undefined;
      if (opening !== undefined) {
        reader?.end();
        reader = await TurnReader.start(source.sealer, source.userId, opening);
      } else {
        yield { ...frame, data: await opened(source, frame, reader) };
      }
    }
  } finally {
    reader?.end();
  }
}

async function opened(source: FramesToOpen, frame: SseFrame, reader: TurnReader | undefined): Promise<unknown> {
  const sealed = sealedFrame.safeParse(frame.data).data;
  if (sealed !== undefined && reader !== undefined) return reader.open(sealed);
  const answer = frame.event === 'done' ? source.contract?.inner.safeParse(frame.data) : undefined;
  return answer?.success === true ? source.openAnswer(answer.data) : frame.data;
}
