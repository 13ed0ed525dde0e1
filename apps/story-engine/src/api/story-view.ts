import type { Inner, routes } from '@selfos/contracts';
import type { StoryWithFiles } from '../domain/use-cases/read-stories.js';
import type { StoryFileName } from '../domain/story/story.repository.js';

export type StoryView = Inner<(typeof routes.getStory)['response']>;

/** A story as the contract shows it: files by the path under which the edge serves them. */
export function storyView({ story, files }: StoryWithFiles): StoryView {
  const ready = story.status === 'generated';
  const urlOf = (name: StoryFileName): string | null => (ready && files.some((file) => file.name === name) ? `/api/v1/stories/${story.id}/files/${name}` : null);
  return {
    id: story.id,
    period: 'week',
    start_date: story.period.start,
    end_date: story.period.end,
    timezone: story.period.zone,
    status: story.status,
    state: story.state,
    title: story.texts.title ?? null,
    video_url: urlOf('video'),
    instagram_url: urlOf('instagram'),
    tiktok_url: urlOf('tiktok'),
    blog_post: (ready ? story.texts.blogPost : undefined) ?? null,
    obsidian_note: (ready ? story.texts.obsidianNote : undefined) ?? null,
    failure: story.failure ?? null,
    created_at: story.createdAt.toISOString(),
    generated_at: story.generatedAt?.toISOString() ?? null,
  };
}
