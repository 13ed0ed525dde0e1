import { routes } from '@selfos/contracts';
import type { BlobReader } from '@selfos/crypto';
import { invalidRequest, issuesOf, type InternalClient } from '@selfos/http';
import { runInContext } from '@selfos/observability';
import type { Sealer } from '@selfos/sealing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { People } from '../access/people.js';
import { contextFor } from '../forward/handling.js';
import { FileNotOpenable, RangeNotSatisfiable } from '../gateway.errors.js';
import { parseRange, type ByteRange } from './byte-range.js';
import type { FileLinks, LinkedFile } from './file-links.js';

const HEADER_PLACE = 'stories.file.header';
const KEPT_BY_CLIENT = 'private, max-age=3600';

export interface StoryFilesParts {
  readonly people: People;
  readonly links: FileLinks;
  readonly client: InternalClient;
  readonly sealer: Sealer;
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
    void reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': KEPT_BY_CLIENT, 'cross-origin-resource-policy': 'cross-origin' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    const range = this.rangeOf(request, size, etag);
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${size}`);
      throw new RangeNotSatisfiable();
    }
    const bytes = range === 'whole' ? { start: 0, end: size } : range;
    if (range !== 'whole') void reply.header('content-range', `bytes ${bytes.start}-${bytes.end - 1}/${size}`);
    void reply.code(range === 'whole' ? 200 : 206).headers({ 'content-type': mime, 'content-length': String(bytes.end - bytes.start) });
    return reply.send(request.method === 'HEAD' ? '' : this.stream(file, reader, bytes));
  }

  /** A range of another state of the file is not wanted (`If-Range`). */
  private rangeOf(request: FastifyRequest, size: number, etag: string): ReturnType<typeof parseRange> {
    const condition = request.headers['if-range'];
    return parseRange(condition === undefined || condition === etag ? request.headers.range : undefined, size);
  }

  private async open(file: LinkedFile): Promise<OpenFile> {
    const params = { id: file.storyId, name: file.name as 'video' };
    const answer = await this.parts.client.call(routes.storyFileHeader, { params });
    const reader = await this.parts.sealer.blobReader(file.userId, { oid: answer.id, ctx: HEADER_PLACE }, answer.header);
    return { reader, etag: `"${answer.header.m.slice(0, 22)}"` };
  }

  private stream(file: LinkedFile, reader: BlobReader, { start, end }: ByteRange): Readable {
    const ciphertext = async (from: number, to: number): Promise<Uint8Array> => {
      const params = { id: file.storyId, name: file.name as 'video' };
      const answer = await this.parts.client.bytes(routes.storyFileBody, { params, range: `bytes=${from}-${to - 1}` });
      const bytes = await buffer(answer.body);
      if (answer.status === 206) return bytes;
      if (bytes.length < to) throw new FileNotOpenable();
      return bytes.subarray(from, to);
    };
    return Readable.from(reader.read(ciphertext, start, end), { objectMode: false });
  }
}

function parsed<T>(result: { success: true; data: T } | { success: false; error: Parameters<typeof issuesOf>[0] }, at: string): T {
  if (!result.success) throw invalidRequest(issuesOf(result.error, at));
  return result.data;
}
