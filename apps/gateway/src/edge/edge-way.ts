import type { Contract, Inner, Plain } from '@selfos/contracts';
import { acceptsEvents, logFailure, pathOf, readInput, ServerSentEvents, type AnyArgs, type BytesAnswer, type InputOf, type InternalClient } from '@selfos/http';
import type { Logger } from '@selfos/observability';
import type { Sealer } from '@selfos/sealing';
import type { FastifyReply } from 'fastify';
import { json } from 'node:stream/consumers';
import type { FileLinks } from '../files/file-links.js';
import type { Passage } from '../forward/handling.js';
import { fingerprintOfPlain, objectNames } from './object-ids.js';
import { openFrames } from './open-frames.js';

const RETURNED: readonly string[] = ['etag', 'idempotent-replayed', 'location'];

export interface EdgeParts {
  readonly sealer: Sealer;
  readonly client: InternalClient;
  readonly links: FileLinks;
  readonly logger: Logger;
}

/** For clients without cryptography: checks the plain body, seals it, forwards it, and opens what comes back. */
export class EdgeWay {
  constructor(private readonly parts: EdgeParts) {}

  async carry(passage: Passage): Promise<unknown> {
    const { request, reply, route } = passage;
    const input = readInput({ request, reply, route }, 'plain');
    const answer = await this.parts.client.bytes(route, await this.argsOf(passage, input));
    void reply.code(answer.status).headers(returned(answer));
    if (answer.status === 204 || route.response === undefined) return reply.send();
    if (acceptsEvents(String(answer.headers['content-type']))) return this.stream(passage, answer);
    return reply.send(await this.open(passage, route.response, await json(answer.body)));
  }

  private async argsOf({ request, route, caller, context }: Passage, input: InputOf): Promise<AnyArgs> {
    const { idempotencyKey, ifMatch } = input;
    const options = {
      params: input.params,
      query: input.query,
      accept: input.wantsStream ? 'text/event-stream' : 'application/json',
      signal: input.signal,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    if (route.body === undefined) return options;
    if (!route.body.sealed || caller.userId === undefined) return { ...options, body: input.body };
    const userId = context.userId ?? caller.userId;
    const key = await this.parts.sealer.hmacKey(userId, 'requests');
    const names = await objectNames(key, route, idempotencyKey);
    const rootOid = route.oidParam === undefined ? undefined : String((input.params as Record<string, unknown>)[route.oidParam]);
    const body = await this.parts.sealer.seal(route.body, { userId, rootOid, newId: names }, input.body as Plain<Contract>);
    const fingerprint = await fingerprintOfPlain(key, { method: request.method, path: pathOf(request.url), body: request.body });
    return { ...options, body, ...(idempotencyKey === undefined ? {} : { fingerprint }) };
  }

  private async open({ route, caller, request }: Passage, contract: Contract, inner: unknown): Promise<unknown> {
    const { userId } = caller;
    if (!contract.sealed || userId === undefined) return inner;
    const fileUrl = await this.parts.links.forAnswer(userId, inner);
    const rootOid = route.oidParam === undefined ? undefined : (request.params as Record<string, string>)[route.oidParam];
    return this.parts.sealer.open(contract, { userId, rootOid, fileUrl }, inner as Inner<Contract>);
  }

  private stream(passage: Passage, answer: BytesAnswer): FastifyReply {
    const userId = passage.caller.userId ?? '';
    const openAnswer = (inner: unknown): Promise<unknown> => this.open(passage, passage.route.response as Contract, inner);
    const frames = openFrames({ bytes: answer.body, sealer: this.parts.sealer, userId, contract: passage.route.response, openAnswer });
    const { request, reply } = passage;
    return reply.send(new ServerSentEvents(frames).toStream(reply, (error) => logFailure(error, { request, logger: this.parts.logger })));
  }
}

function returned(answer: BytesAnswer): Record<string, string> {
  return Object.fromEntries(RETURNED.flatMap((name) => (typeof answer.headers[name] === 'string' ? [[name, answer.headers[name]]] : [])));
}
