import { Injectable } from '@nestjs/common';
import { JobHandler, type JobStep, type RunningJob } from '@selfos/work';
import { z } from 'zod';
import { SEND_VECTORS } from '../domain/search/mirrored-vector-index.js';
import { SendVectors } from '../domain/use-cases/send-vectors.js';

const vectorChange = z.discriminatedUnion('change', [
  z.object({ change: z.literal('put'), model: z.string(), ids: z.array(z.uuid()) }),
  z.object({ change: z.literal('remove'), ids: z.array(z.uuid()) }),
  z.object({ change: z.literal('remove-all'), space: z.string().min(1).optional() }),
]);

/** Sends one change of vectors to the other place, until it is done. */
@Injectable()
export class SendVectorsJob extends JobHandler {
  override readonly kind = SEND_VECTORS;
  override readonly steps: readonly JobStep[] = [{ name: 'send', perform: (job) => this.send(job) }];

  constructor(private readonly sendVectors: SendVectors) {
    super();
  }

  private async send({ userId, payload }: RunningJob): Promise<boolean> {
    if (userId === undefined) return false;
    await this.sendVectors.execute(userId, vectorChange.parse(payload));
    return true;
  }
}
