import type { Uuid } from '@selfos/kernel';
import { type EnqueueRequest, type Job, Work } from '@selfos/work';

/** Jobs that wait until a test does them. */
export class Booked extends Work {
  readonly requests: EnqueueRequest[] = [];

  enqueue(request: EnqueueRequest): Promise<'created' | 'kept'> {
    if (this.requests.some(({ kind, key }) => kind === request.kind && key === request.key)) return Promise.resolve('kept');
    this.requests.push(request);
    return Promise.resolve('created');
  }

  cancel(): Promise<boolean> {
    return Promise.resolve(false);
  }

  retry(): Promise<boolean> {
    return Promise.resolve(false);
  }

  find(): Promise<Job | undefined> {
    return Promise.resolve(undefined);
  }

  async runAll(work: (userId: Uuid, payload: unknown) => Promise<unknown>): Promise<void> {
    for (const { userId = '', payload } of this.requests.splice(0)) await work(userId, payload);
  }
}
