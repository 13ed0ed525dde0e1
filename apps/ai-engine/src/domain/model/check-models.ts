import type { ChatModel } from './chat-model.js';
import type { Complaint } from './listed.js';

const PATIENCE_MS = 10_000;

export interface ModelComplaint extends Complaint {
  readonly model: string;
}

/**
 * What is wrong with the models that are configured, as far as they tell within ten seconds. Nothing is asked of anybody outside while nothing
 * may leave the person's machines. Never throws: a maker who does not answer now may answer later.
 */
export async function complaintsAbout(models: readonly ChatModel[], mayLeave: boolean): Promise<ModelComplaint[]> {
  const asked = models.filter(({ place }) => mayLeave || place !== 'cloud');
  const found = await Promise.all(asked.map((model) => model.complaint(AbortSignal.timeout(PATIENCE_MS)).catch(() => undefined)));
  return asked.flatMap(({ name }, index) => {
    const complaint = found[index];
    return complaint === undefined ? [] : [{ model: name, ...complaint }];
  });
}
