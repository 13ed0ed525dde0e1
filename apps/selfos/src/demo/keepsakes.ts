import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Story } from './stage.js';

export interface Keepsakes {
  readonly folder: string;
  readonly video: string;
  readonly post: string;
  readonly note: string;
}

/** Saves the film, the post and the note of a story as files that a person can open. */
export async function keep(story: Story, folder: string): Promise<Keepsakes> {
  await mkdir(folder, { recursive: true });
  const paths = { folder, video: join(folder, 'week.mp4'), post: join(folder, 'week.html'), note: join(folder, 'week.md') };
  if (story.video_url === null || story.blog_post === null || story.obsidian_note === null) throw new Error('The story is generated but lacks an output');
  const response = await fetch(story.video_url);
  if (!response.ok) throw new Error(`The film answered ${String(response.status)}`);
  await writeFile(paths.video, Buffer.from(await response.arrayBuffer()));
  await writeFile(paths.post, story.blog_post.html);
  await writeFile(paths.note, story.obsidian_note);
  return paths;
}
