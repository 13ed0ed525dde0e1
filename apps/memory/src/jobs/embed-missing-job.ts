import { Injectable } from '@nestjs/common';
import { JobHandler, type JobStep, type RunningJob } from '@selfos/work';
import { EMBED_MISSING } from '../domain/search/missing-vectors.js';
import { EmbedMissing } from '../domain/use-cases/embed-missing.js';

/** Embeds, in the background, what has no vector of the model in use. */
@Injectable()
export class EmbedMissingJob extends JobHandler {
  override readonly kind = EMBED_MISSING;
  override readonly steps: readonly JobStep[] = [{ name: 'embed', perform: (job) => this.embed(job) }];

  constructor(private readonly embedMissing: EmbedMissing) {
    super();
  }

  private embed({ userId }: RunningJob): Promise<number> {
    return userId === undefined ? Promise.resolve(0) : this.embedMissing.execute(userId);
  }
}
