import { routes } from '@selfos/contracts';
import type { BlobReader } from '@selfos/crypto';
import { invalidRequest, issuesOf, logFailure, type InternalClient } from '@selfos/http';
import { uuidv7 } from '@selfos/kernel';
import { currentContext, rootContext, runInContext, type Logger } from '@selfos/observability';
import type { Sealer } from '@selfos/sealing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { People } from '../access/people.js';
import { contextFor } from '../forward/handling.js';
import { FileNotOpenable, RangeNotSatisfiable } from '../gateway.errors.js';
import { parseRange, type ByteRange } from './byte-range.js';
import type { FileLinks, LinkedFile } from './file-links.js';

const HEADER_PLACE = 'stories.file.header';
const KEPT = { 'cache-control': 'private, max-age=3600', 'cross-origin-resource-policy': 'cross-origin' };
/** How long the service may take for one part of a file. */
const PATIENCE_MS = 10_000;

export interface StoryFilesParts {
  readonly people: People;
  readonly links: FileLinks;
  readonly client: InternalClient;
  readonly sealer: Sealer;
  readonly logger: Logger;
}

interface OpenFile {
  readonly reader: BlobReader;
  /** Changes with every sealing of the file. */
  readonly etag: string;
}

/** Serves files of stories by signed link: opens only the chunks a range lies in, on the fly, and keeps nothing. */
export class StoryFiles {
  constructor(private readonly parts: StoryFilesParts) {}

  async serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id: storyId, name } = parsed(routes.readStoryFile.params.safeParse(request.params), '/path');
    const { token } = parsed(routes.readStoryFile.query.safeParse(request.query), '/query');
    const file = await this.parts.links.check(token, { storyId, name });
    const context = contextFor(request, routes.readStoryFile, await this.parts.people.readerOf(file.userId));
    return runInContext(context, async () => this.answer(request, reply, file));
  }

  private async answer(request: FastifyRequest, reply: FastifyReply, file: LinkedFile): Promise<FastifyReply> {
    const { reader, etag } = await this.open(file);
    const { size, mime } = reader.info;
    const kept = { ...KEPT, etag, 'accept-ranges': 'bytes' };
    if (request.headers['if-none-match'] === etag) return reply.code(304).headers(kept).send();
    const range = this.rangeOf(request, size, etag);
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${size}`);
      throw new RangeNotSatisfiable();
    }
    const bytes = range === 'whole' ? { start: 0, end: size } : range;
    // Fetched before anything is promised: a service that does not answer now is a problem of its own status.
    const body = request.method === 'HEAD' ? '' : await this.stream(request, file, { reader, bytes });
    if (range !== 'whole') void reply.header('content-range', `bytes ${bytes.start}-${bytes.end - 1}/${size}`);
    void reply.code(range === 'whole' ? 200 : 206).headers({ ...kept, 'content-type': mime, 'content-length': String(bytes.end - bytes.start) });
    return reply.send(body);
  }

  /** A range of another state of the file is not wanted (`If-Range`). */
  private rangeOf(request: FastifyRequest, size: number, etag: string): ReturnType<typeof parseRange> {
    const condition = request.headers['if-range'];
    return parseRange(condition === undefined || condition === etag ? request.headers.range : undefined, size);
  }

  private async open(file: LinkedFile): Promise<OpenFile> {
    const params = { id: file.storyId, name: file.name as 'video' };
    const answer = await this.asReader(file, () => this.parts.client.call(routes.storyFileHeader, { params }));
    const reader = await this.parts.sealer.blobReader(file.userId, { oid: answer.id, ctx: HEADER_PLACE }, answer.header);
    return { reader, etag: `"${answer.header.m.slice(0, 22)}"` };
  }

  private async stream(request: FastifyRequest, file: LinkedFile, { reader, bytes }: { reader: BlobReader; bytes: ByteRange }): Promise<Readable> {
    const inside = AsyncLocalStorage.snapshot();
    const ciphertext = (from: number, to: number): Promise<Uint8Array> => inside(() => this.ciphertext(file, from, to));
    const pieces = reader.read(ciphertext, bytes.start, bytes.end);
    const first = await pieces.next();
    return Readable.from(this.logged(request, startingWith(first, pieces)), { objectMode: false });
  }

  private async ciphertext(file: LinkedFile, from: number, to: number): Promise<Uint8Array> {
    const params = { id: file.storyId, name: file.name as 'video' };
    return this.asReader(file, async () => {
      const answer = await this.parts.client.bytes(routes.storyFileBody, { params, range: `bytes=${from}-${to - 1}` });
      const bytes = await buffer(answer.body).catch((cause: unknown) => {
        throw new FileNotOpenable({ cause });
      });
      if (answer.status === 206) return bytes;
      if (bytes.length < to) throw new FileNotOpenable();
      return bytes.subarray(from, to);
    });
  }

  /** Each part is asked for anew, in its own time: a film takes its reader as long as it takes. */
  private async asReader<T>(file: LinkedFile, work: () => Promise<T>): Promise<T> {
    const context = currentContext() ?? rootContext({ kind: 'request', id: uuidv7() });
    const { userToken } = await this.parts.people.readerOf(file.userId);
    return runInContext({ ...context, ...(userToken === undefined ? {} : { userToken }), deadline: Date.now() + PATIENCE_MS }, work);
  }

  /** What breaks off a file on its way can be told to nobody but the log: its status was sent long ago. */
  private async *logged(request: FastifyRequest, pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* pieces;
    } catch (error) {
      logFailure(error, { request, logger: this.parts.logger });
      throw error;
    }
  }
}

async function* startingWith<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

function parsed<T>(result: { success: true; data: T } | { success: false; error: Parameters<typeof issuesOf>[0] }, at: string): T {
  if (!result.success) throw invalidRequest(issuesOf(result.error, at));
  return result.data;
}
