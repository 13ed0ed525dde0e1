import type { EnvelopeJson, StoryScript } from '@selfos/contracts';
import { captionsOf, vttOf } from '../../film/captions.js';
import type { FilmFormat } from '../../film/film-format.js';
import type { Scene } from '../../film/scene.js';
import type { Timeline } from '../../film/timeline.js';
import { CardPainter } from '../../ports/card-painter.js';
import { StorySeals } from '../../ports/story-seals.js';
import { blogPostHtml } from '../../post/blog-post.js';
import type { StoryFile } from '../../story/story.repository.js';
import type { FileVault } from './file-vault.js';

/** What is left to do when the films are there. */
export interface TextsToFinish {
  readonly userId: string;
  readonly storyId: string;
  readonly script: StoryScript;
  readonly scenes: readonly Scene[];
  readonly timeline: Timeline;
  readonly blogMarkdown: EnvelopeJson;
}

/** Captions and cover as files, and the blog post as a page. */
export class FinishTexts {
  constructor(
    private readonly seals: StorySeals,
    private readonly vault: FileVault,
    private readonly painter: CardPainter,
    private readonly cover: FilmFormat,
  ) {}

  async execute(work: TextsToFinish): Promise<{ files: StoryFile[]; blogPost: EnvelopeJson }> {
    const { userId, storyId, scenes } = work;
    const captions = new TextEncoder().encode(vttOf(captionsOf(scenes, work.timeline)));
    const files = await this.vault.keep(userId, storyId, { names: ['captions'], mime: 'text/vtt', bytes: once(captions) });
    const [first] = scenes;
    if (first !== undefined) {
      const cover = await this.painter.cover({ scene: first, format: this.cover, index: 0 });
      files.push(...(await this.vault.keep(userId, storyId, { names: ['cover'], mime: 'image/png', bytes: once(cover) })));
    }
    const markdown = await this.seals.openBlogMarkdown(userId, storyId, work.blogMarkdown);
    const html = blogPostHtml({ title: work.script.title, markdown, area: first?.area ?? 'personal_growth' });
    return { files, blogPost: await this.seals.sealBlogPost(userId, storyId, { markdown, html }) };
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
