import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { StoryFileNotFound, StoryNotFound } from '../story/story.errors.js';
import { type StoryFile, type StoryFileName, StoryRepository } from '../story/story.repository.js';
import type { Story } from '../story/story.js';

/** A story and the files that it has by now. */
export interface StoryWithFiles {
  readonly story: Story;
  readonly files: readonly StoryFile[];
}

/** Shows a person their stories; another's does not exist for them. */
@Injectable()
export class ReadStories {
  constructor(
    private readonly transaction: Transaction,
    private readonly stories: StoryRepository,
  ) {}

  get(userId: string, id: string): Promise<StoryWithFiles> {
    return this.transaction.run(async () => {
      const story = await this.stories.find(userId, id);
      if (story === undefined) throw new StoryNotFound();
      return { story, files: (await this.stories.files(userId, [id])).get(id) ?? [] };
    });
  }

  list(userId: string, page: PageRequest): Promise<Page<StoryWithFiles>> {
    return this.transaction.run(async () => {
      const { items, nextCursor } = await this.stories.list(userId, page);
      const files = await this.stories.files(userId, items.map((story) => story.id));
      const shown = items.map((story) => ({ story, files: files.get(story.id) ?? [] }));
      return nextCursor === undefined ? { items: shown } : { items: shown, nextCursor };
    });
  }

  async file(userId: string, id: string, name: StoryFileName): Promise<StoryFile> {
    const { files } = await this.get(userId, id);
    const file = files.find((one) => one.name === name);
    if (file === undefined) throw new StoryFileNotFound();
    return file;
  }
}
