/** How long a model may take: its own limit, or until nobody waits any more. */
export class ModelDeadline {
  constructor(private readonly seconds: number) {}

  from(request: AbortSignal): AbortSignal {
    return AbortSignal.any([request, AbortSignal.timeout(this.seconds * 1000)]);
  }
}
