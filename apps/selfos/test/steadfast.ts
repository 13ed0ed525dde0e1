import type { Route } from '@selfos/contracts';
import { ProblemAnswer, SelfosClient, type AnswerOf, type CallInput } from '../src/client/selfos-client.js';

/** A client that does what a good client does when the line goes dead: the same request again, with the same key. */
export class SteadfastClient extends SelfosClient {
  constructor(
    baseUrl: string,
    private readonly beforeEach: (route: Route) => Promise<void>,
    private readonly patienceMs = 90_000,
  ) {
    super(baseUrl);
  }

  override async call<R extends Route>(route: R, input: CallInput<R> = {}): Promise<AnswerOf<R>> {
    await this.beforeEach(route);
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      try {
        return await super.call(route, input);
      } catch (error) {
        if (!isPassing(error) || Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }
}

/** No answer at all, an answer that says "not now", or a first try that still holds its key. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemAnswer)) return true;
  return error.status >= 500 || error.problem.code === 'http.idempotency.running';
}
