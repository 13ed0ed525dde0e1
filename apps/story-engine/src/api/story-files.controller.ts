import { Readable } from 'node:stream';
import { Controller } from '@nestjs/common';
import { BlobStorage } from '@selfos/blob-storage';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, RawAnswer, Route } from '@selfos/http';
import { ReadStories } from '../domain/use-cases/read-stories.js';
import { byteRangeOf } from './byte-range.js';

/** Sealed files for the edge, which opens them; no plain byte leaves this service. */
@Controller()
export class StoryFilesController {
  constructor(
    private readonly stories: ReadStories,
    private readonly blobs: BlobStorage,
  ) {}

  @Route(routes.storyFileHeader)
  async header(@Input() input: InputOf<typeof routes.storyFileHeader>): Promise<AnswerOf<typeof routes.storyFileHeader>> {
    const file = await this.stories.file(input.userId, input.params.id, input.params.name);
    return { id: file.id, header: file.header, ciphertext_bytes: file.ciphertextBytes };
  }

  @Route(routes.storyFileBody)
  async body(@Input() input: InputOf<typeof routes.storyFileBody>): Promise<AnswerOf<typeof routes.storyFileBody>> {
    const file = await this.stories.file(input.userId, input.params.id, input.params.name);
    const range = byteRangeOf(input.headers.range, file.ciphertextBytes);
    const { start, end } = range ?? { start: 0, end: file.ciphertextBytes };
    const partial = range === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${file.ciphertextBytes}` };
    return new RawAnswer({
      status: range === undefined ? 200 : 206,
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(end - start), 'accept-ranges': 'bytes', 'cache-control': 'no-store', ...partial },
      body: Readable.from(this.blobs.read(file.blobKey, { start, end })),
    });
  }
}
