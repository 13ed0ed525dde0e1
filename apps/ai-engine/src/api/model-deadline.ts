/** What is left is for the rules to answer in, so that the person has an answer within the time that was set. */
const MODELS_SHARE = 0.9;

/** How long a model may take: its own limit, or until nobody waits any more. */
export class ModelDeadline {
  constructor(private readonly seconds: number) {}

  from(request: AbortSignal): AbortSignal {
    return AbortSignal.any([request, AbortSignal.timeout(this.seconds * 1000 * MODELS_SHARE)]);
  }
}
