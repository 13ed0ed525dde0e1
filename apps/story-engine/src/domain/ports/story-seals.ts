import type { EnvelopeJson, StoryScript } from '@selfos/contracts';

export interface SealedBytes {
  /** Ciphertext, chunk by chunk; must be read to its end before `header` is asked for. */
  readonly ciphertext: AsyncIterable<Uint8Array>;
  header(): Promise<EnvelopeJson>;
}

/** Opens and seals what belongs to stories, and nothing else: the key of the `stories` domain is all it asks for. */
export abstract class StorySeals {
  abstract openScript(userId: string, storyId: string, envelope: EnvelopeJson): Promise<StoryScript>;
  abstract openBlogMarkdown(userId: string, storyId: string, envelope: EnvelopeJson): Promise<string>;
  abstract sealBlogPost(userId: string, storyId: string, post: { readonly markdown: string; readonly html: string }): Promise<EnvelopeJson>;
  /** Seals a file as it streams through; `fileId` names it for life. */
  abstract sealFile(userId: string, fileId: string, content: { readonly mime: string; readonly bytes: AsyncIterable<Uint8Array> }): Promise<SealedBytes>;
}
