import type { Contract, Inner, Plain, Route } from '@selfos/contracts';
import { acceptsEvents, logFailure, pathOf, readInput, ServerSentEvents, type AnyArgs, type BytesAnswer, type InputOf, type InternalClient } from '@selfos/http';
import type { Logger } from '@selfos/observability';
import type { Sealer } from '@selfos/sealing';
import type { FastifyReply } from 'fastify';
import { json } from 'node:stream/consumers';
import type { FileLinks } from '../files/file-links.js';
import type { Passage } from '../forward/handling.js';
import { fingerprintOfPlain, NamedObjects, objectNames } from './object-ids.js';
import { LiveWay, type LiveRequest } from './live-way.js';
import { openFrames } from './open-frames.js';

const RETURNED: readonly string[] = ['etag', 'idempotent-replayed', 'location'];

type OpenPlace = Pick<Passage, 'route' | 'caller'> & { readonly rootOid: string | undefined };

export interface EdgeParts {
  readonly sealer: Sealer;
  readonly client: InternalClient;
  readonly links: FileLinks;
  readonly logger: Logger;
}

/** For clients without cryptography: checks the plain body, seals it, forwards it, and opens what comes back. */
export class EdgeWay {
  private readonly live: LiveWay;

  constructor(private readonly parts: EdgeParts) {
    this.live = new LiveWay(parts);
  }

  async carry(passage: Passage): Promise<unknown> {
    const { request, reply, route } = passage;
    const input = readInput({ request, reply, route }, 'plain');
    const names = new NamedObjects();
    const refused = (error: unknown): never => {
      throw names.refusalOf(error);
    };
    const args = await this.argsOf(passage, input, names);
    const live = this.liveRequest(passage, input, args);
    if (live !== undefined) return this.live.carry(live).catch(refused);
    const answer = await this.parts.client.bytes(route, args).catch(refused);
    void reply.code(answer.status).headers(returned(answer));
    if (answer.status === 204 || route.response === undefined) return reply.send();
    const rootOid = rootOidOf(route, input);
    if (acceptsEvents(String(answer.headers['content-type']))) return this.stream(passage, answer, rootOid);
    return reply.send(await this.open({ ...passage, rootOid }, await json(answer.body)));
  }

  /** A live answer with a key does not end with its client's line. */
  private liveRequest(passage: Passage, input: InputOf, { signal: _ends, ...args }: AnyArgs): LiveRequest | undefined {
    const { route, caller: { userId } } = passage;
    const key = input.idempotencyKey;
    if (!input.wantsStream || key === undefined || userId === undefined || !this.live.hasRoom(userId)) return undefined;
    const rootOid = rootOidOf(route, input);
    return { passage, userId, key, args, open: (inner) => this.open({ ...passage, rootOid }, inner) };
  }

  private async argsOf({ request, route, caller, context }: Passage, input: InputOf, names: NamedObjects): Promise<AnyArgs> {
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
    const newId = names.as(await objectNames(key, route, idempotencyKey), idempotencyKey);
    const body = await this.parts.sealer.seal(route.body, { userId, rootOid: rootOidOf(route, input), newId }, input.body as Plain<Contract>);
    const fingerprint = await fingerprintOfPlain(key, { method: request.method, path: pathOf(request.url), body: request.body });
    return { ...options, body, ...(idempotencyKey === undefined ? {} : { fingerprint }) };
  }

  private async open({ route, caller, rootOid }: OpenPlace, inner: unknown): Promise<unknown> {
    const { userId } = caller;
    const contract = route.response;
    if (contract?.sealed !== true || userId === undefined) return inner;
    const fileUrl = (path: string): Promise<string> => this.parts.links.of(userId, path);
    return this.parts.sealer.open(contract, { userId, rootOid, fileUrl }, inner as Inner<Contract>);
  }

  private stream(passage: Passage, answer: BytesAnswer, rootOid: string | undefined): FastifyReply {
    const userId = passage.caller.userId ?? '';
    const openAnswer = (inner: unknown): Promise<unknown> => this.open({ ...passage, rootOid }, inner);
    const frames = openFrames({ bytes: answer.body, sealer: this.parts.sealer, userId, contract: passage.route.response, openAnswer });
    const { request, reply } = passage;
    return reply.send(new ServerSentEvents(frames).toStream(reply, (error) => logFailure(error, { request, logger: this.parts.logger })));
  }
}

/** The object of the address, as the checked parameters write it: envelopes are bound to exactly that. */
function rootOidOf(route: Route, input: InputOf): string | undefined {
  return route.oidParam === undefined ? undefined : String((input.params as Record<string, unknown>)[route.oidParam]);
}

function returned(answer: BytesAnswer): Record<string, string> {
  return Object.fromEntries(RETURNED.flatMap((name) => (typeof answer.headers[name] === 'string' ? [[name, answer.headers[name]]] : [])));
}
