import { acceptsEvents, logFailure, pathOf, RemoteProblem, ServerSentEvents, type AnyArgs, type InternalClient, type SseFrame } from '@selfos/http';
import type { Logger } from '@selfos/observability';
import type { Sealer } from '@selfos/sealing';
import type { FastifyReply } from 'fastify';
import { json } from 'node:stream/consumers';
import type { Passage } from '../forward/handling.js';
import { KeptAnswers, type Asked } from './kept-answers.js';
import { LiveAnswer, type Telling } from './live-answer.js';
import { Marks, parseMark } from './marks.js';
import { openFrames } from './open-frames.js';

export interface LiveWayParts {
  readonly sealer: Sealer;
  readonly client: InternalClient;
  readonly logger: Logger;
}

/** A request for a live answer that has a key, sealed and ready to be sent, as often as it takes. */
export interface LiveRequest {
  readonly passage: Passage;
  readonly userId: string;
  readonly key: string;
  readonly args: AnyArgs;
  /** Opens a whole answer. */
  readonly open: (inner: unknown) => Promise<unknown>;
}

const PAUSE_MS = 300;
const RUNNING = 'http.idempotency.running';

/**
 * Live answers that survive: of the client's line, of a service behind that stops, of this gateway. The same request with the same
 * Idempotency-Key and the `Last-Event-ID` it had goes on where it was, at whichever gateway it arrives.
 */
export class LiveWay {
  private readonly kept = new KeptAnswers();

  constructor(private readonly parts: LiveWayParts) {}

  hasRoom(userId: string): boolean {
    return this.kept.hasRoom(userId);
  }

  async carry(request: LiveRequest): Promise<FastifyReply> {
    const { passage, userId, key, args } = request;
    const { reply, route } = passage;
    const asked: Asked = { userId, route: `${route.name} ${pathOf(passage.request.url)}`, key, fingerprint: args.fingerprint ?? '' };
    const id = passage.request.headers['last-event-id'];
    const mark = parseMark(id);
    const known = this.kept.find(asked);
    void reply.code(route.status);
    if (known !== undefined) return this.send(passage, known.has(String(id)) || mark === undefined ? known.after(String(id)) : afterReset(known), true);
    const first = mark === undefined ? await this.ask(request) : await this.askPatiently(request);
    if (first.kind === 'kept' && mark === undefined) return (first.replayed ? reply.header('idempotent-replayed', 'true') : reply).send(first.answer);
    const marks = new Marks(await this.parts.sealer.hmacKey(userId, 'requests'));
    const answer = new LiveAnswer({ marks, first, again: () => this.askPatiently(request), before: mark });
    this.kept.keep(asked, answer);
    return this.send(passage, answer.after(), first.kind === 'kept');
  }

  /** Once: a first try that still runs is a refusal. */
  private async ask({ passage, userId, args, open }: LiveRequest): Promise<Telling> {
    const answer = await this.parts.client.bytes(passage.route, args);
    if (!acceptsEvents(String(answer.headers['content-type']))) {
      return { kind: 'kept', answer: await open(await json(answer.body)), replayed: answer.headers['idempotent-replayed'] === 'true' };
    }
    return { kind: 'live', frames: openFrames({ bytes: answer.body, sealer: this.parts.sealer, userId, contract: passage.route.response, openAnswer: open }) };
  }

  /** Until the first try has ended one way or the other, or time is up: then the client throws. */
  private async askPatiently(request: LiveRequest): Promise<Telling> {
    for (;;) {
      try {
        return await this.ask(request);
      } catch (error) {
        if (!(error instanceof RemoteProblem) || error.code !== RUNNING) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  private send({ request, reply }: Passage, frames: AsyncIterable<SseFrame>, replayed: boolean): FastifyReply {
    if (replayed) void reply.header('idempotent-replayed', 'true');
    return reply.send(new ServerSentEvents(frames).toStream(reply, (error) => logFailure(error, { request, logger: this.parts.logger })));
  }
}

/** For whoever has read another telling of the same answer. */
async function* afterReset(answer: LiveAnswer): AsyncGenerator<SseFrame, void, undefined> {
  yield { event: 'reset', data: {} };
  yield* answer.after();
}
