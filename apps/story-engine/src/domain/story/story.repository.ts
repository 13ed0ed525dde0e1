import type { EnvelopeJson } from '@selfos/contracts';
import type { Page, PageRequest } from '@selfos/kernel';
import type { Story } from './story.js';

export type StoryFileName = 'video' | 'instagram' | 'tiktok' | 'captions' | 'cover';

/** A sealed file of a story. Several names may share one file. */
export interface StoryFile {
  readonly id: string;
  readonly name: StoryFileName;
  /** The envelope without which the bytes open to nobody. */
  readonly header: EnvelopeJson;
  readonly blobKey: string;
  readonly ciphertextBytes: number;
}

/** Stories and their files. Every call joins the ambient transaction. */
export abstract class StoryRepository {
  /** Throws StoryExists when the id is taken. */
  abstract add(story: Story): Promise<void>;
  abstract find(userId: string, id: string): Promise<Story | undefined>;
  /** The same, locked until the transaction ends. */
  abstract getForChange(userId: string, id: string): Promise<Story>;
  abstract save(story: Story): Promise<void>;
  /** Newest first. Throws UnreadableCursor. */
  abstract list(userId: string, page: PageRequest): Promise<Page<Story>>;
  abstract saveFiles(userId: string, storyId: string, files: readonly StoryFile[]): Promise<void>;
  abstract files(userId: string, storyIds: readonly string[]): Promise<ReadonlyMap<string, readonly StoryFile[]>>;
  /** Everything of this person's. */
  abstract removeAll(userId: string): Promise<void>;
}
