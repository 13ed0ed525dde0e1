import { type EnvelopeJson, storyScript, type StoryScript } from '@selfos/contracts';
import { Sealer } from '@selfos/sealing';
import { z } from 'zod';
import { type SealedBytes, StorySeals } from '../../domain/ports/story-seals.js';

export class SealerStorySeals extends StorySeals {
  constructor(private readonly sealer: Sealer) {
    super();
  }

  async openScript(userId: string, storyId: string, envelope: EnvelopeJson): Promise<StoryScript> {
    return storyScript.parse(await this.sealer.openValue(userId, { oid: storyId, ctx: 'stories.story.script' }, envelope));
  }

  async openBlogMarkdown(userId: string, storyId: string, envelope: EnvelopeJson): Promise<string> {
    return z.string().parse(await this.sealer.openValue(userId, { oid: storyId, ctx: 'stories.story.blog_markdown' }, envelope));
  }

  sealBlogPost(userId: string, storyId: string, post: { readonly markdown: string; readonly html: string }): Promise<EnvelopeJson> {
    return this.sealer.sealValue(userId, { oid: storyId, ctx: 'stories.story.blog_post' }, post);
  }

  async sealFile(userId: string, fileId: string, content: { readonly mime: string; readonly bytes: AsyncIterable<Uint8Array> }): Promise<SealedBytes> {
    const sealer = await this.sealer.blobSealer(userId, { oid: fileId, ctx: 'stories.file.header' }, content.mime);
    return { ciphertext: sealer.seal(content.bytes), header: async () => (await sealer.header()) as EnvelopeJson };
  }
}
