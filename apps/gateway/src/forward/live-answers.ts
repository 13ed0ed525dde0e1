import { acceptsEvents } from '@selfos/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyLiveAnswers } from '../gateway.errors.js';

const PER_PERSON = 8;

/** Counts each person's live answers at this edge, so that one person's open streams leave room for everyone else's. */
export class LiveAnswers {
  private readonly open = new Map<string, number>();

  constructor(private readonly perPerson: number = PER_PERSON) {}

  /** Counts the answer until its connection is done with it. @throws TooManyLiveAnswers when this person has enough of them open */
  enter(userId: string, { raw }: Pick<FastifyReply, 'raw'>): void {
    const now = this.open.get(userId) ?? 0;
    if (now >= this.perPerson) throw new TooManyLiveAnswers({ detail: `At most ${this.perPerson} at once; close one first.` });
    this.open.set(userId, now + 1);
    if (raw.destroyed) this.leave(userId);
    else raw.once('close', () => this.leave(userId));
  }

  private leave(userId: string): void {
    const left = (this.open.get(userId) ?? 1) - 1;
    if (left > 0) this.open.set(userId, left);
    else this.open.delete(userId);
  }
}

/** Whether a request asks for its answer live. */
export function wantsLive(request: Pick<FastifyRequest, 'headers'>, route: { readonly stream?: boolean }): boolean {
  return route.stream === true && acceptsEvents(request.headers.accept);
}
