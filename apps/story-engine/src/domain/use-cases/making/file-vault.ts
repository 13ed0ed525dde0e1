import { BlobStorage } from '@selfos/blob-storage';
import { uuidv7 } from '@selfos/kernel';
import { StorySeals } from '../../ports/story-seals.js';
import type { StoryFile, StoryFileName } from '../../story/story.repository.js';

export interface FileToKeep {
  /** Under which names the story shows it. */
  readonly names: readonly StoryFileName[];
  readonly mime: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Keeps a story's files, sealed as they stream; no plain byte reaches the store. */
export class FileVault {
  constructor(
    private readonly seals: StorySeals,
    private readonly blobs: BlobStorage,
  ) {}

  async keep(userId: string, storyId: string, file: FileToKeep): Promise<StoryFile[]> {
    const id = uuidv7();
    const sealed = await this.seals.sealFile(userId, id, file);
    const { key, size } = await this.blobs.put(`${folderOf(userId, storyId)}/${id}`, sealed.ciphertext);
    const header = await sealed.header();
    return file.names.map((name) => ({ id, name, header, blobKey: key, ciphertextBytes: size }));
  }

  /** Removes what earlier tries of this story left behind. */
  async keepOnly(userId: string, storyId: string, files: readonly StoryFile[]): Promise<void> {
    const kept = new Set(files.map((file) => file.blobKey));
    for await (const blob of this.blobs.list(folderOf(userId, storyId))) {
      if (!kept.has(blob.key)) await this.blobs.remove(blob.key);
    }
  }

  /** Removes every file of every story of this person's. */
  async removeAll(userId: string): Promise<void> {
    for await (const blob of this.blobs.list(`users/${userId}/stories`)) await this.blobs.remove(blob.key);
  }
}

function folderOf(userId: string, storyId: string): string {
  return `users/${userId}/stories/${storyId}`;
}
