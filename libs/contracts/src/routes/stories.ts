import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, lifeArea, lifeAreas, localDate, minutes, modelName, pageOf, pageQuery, timeZone } from '../fields.js';
import { clear, identifiedBy, sealed, sealedCopy, signedFile } from '../marks.js';
import { internal, person, route } from '../route.js';
import { goalTitlePlace } from './goals.js';
import { taskTitle } from './tasks.js';

/** The nine states of a story in the making (seed §6.2), in order. */
export const STORY_STATES = [
  'TriggerGeneration', 'GatherContent', 'AnalyzeNarrative', 'GenerateScript', 'CreateMedia', 'RenderVideo', 'PostProcess', 'StoreResults', 'NotifyUser',
] as const;
export const storyState = z.enum([...STORY_STATES, 'done']);
/** `waiting`: something that the story needs is away; it goes on by itself. */
export const storyStatus = z.enum(['queued', 'running', 'waiting', 'generated', 'failed']);
export const storyPeriod = z.enum(['week']);

/** A scene of the film: what is said, how it looks, and the evidence that each sentence rests on. */
export const storyScene = z.object({
  kind: z.enum(['paper', 'night']), life_area: lifeArea, label: z.string().max(60), sentence: z.string().min(1).max(200), footnote: z.string().max(160).nullable(),
  figure: z.string().max(12).nullable(), figure_unit: z.string().max(40).nullable(), days: z.array(z.int().min(0)).length(7).nullable(), duration_seconds: z.number().min(1).max(20), evidence_ids: z.array(id),
});
const sentence = z.object({ text: z.string(), evidence_ids: z.array(id) });
export const storyNarrative = z.object({ title: z.string(), sentences: z.array(sentence) });
export const storyScript = z.object({ title: z.string(), caption: z.string(), scenes: z.array(storyScene).min(1).max(12) });
export type StoryScript = z.infer<typeof storyScript>;
export type StoryScene = z.infer<typeof storyScene>;
export type StoryNarrative = z.infer<typeof storyNarrative>;

const blogPost = z.object({ markdown: z.string(), html: z.string() });
const storyShape = z
  .object({
    id, period: storyPeriod, start_date: localDate, end_date: localDate, timezone: timeZone, status: storyStatus, state: storyState,
    title: sealed('stories', 'stories.story.title', z.string().nullable()),
    video_url: signedFile(), instagram_url: signedFile(), tiktok_url: signedFile(),
    blog_post: sealed('stories', 'stories.story.blog_post', blogPost.nullable()),
    obsidian_note: sealed('stories', 'stories.story.obsidian_note', z.string().nullable()),
    failure: clear('error code of a failed story', z.string().max(100)).nullable(), created_at: instant, generated_at: instant.nullable(),
  })
  .meta({ id: 'Story', title: 'Story' });
const storyView = contract(storyShape);

export const createStory = route({
  name: 'createStory', summary: 'Make the story of a period that ends today', method: 'POST', path: '/api/v1/stories', service: 'story-engine', audience: person('access:ai_features'),
  body: contract(z.object({ id: id.optional(), period: storyPeriod.default('week'), end_date: localDate.optional() })),
  response: contract(z.object({ id, status: storyStatus })), status: 202, idempotency: 'transaction',
});
export const listStories = route({
  name: 'listStories', summary: 'My stories, newest first', method: 'GET', path: '/api/v1/stories', service: 'story-engine', audience: person('read:own_data'), query: pageQuery, response: contract(pageOf(storyShape)), status: 200,
});
export const getStory = route({
  name: 'getStory', summary: 'One story: its state, and once it is generated its five outputs', method: 'GET', path: '/api/v1/stories/:id', service: 'story-engine', audience: person('read:own_data'), params: byId, response: storyView, status: 200,
});

export const storyFileName = z.enum(['video', 'instagram', 'tiktok', 'captions', 'cover']);
const storyFile = z.object({ id, name: storyFileName });
/**
 * A file as the edge serves it, opened on the fly: HTTP ranges, `?token=` signed for an hour. Implemented by the gateway itself
 * over {@link storyFileHeader} and {@link storyFileBody}.
 */
export const readStoryFile = route({
  name: 'readStoryFile', summary: 'A file of a story, by a signed URL', method: 'GET', path: '/api/v1/stories/:id/files/:name', service: 'gateway',
  audience: { kind: 'public' }, params: storyFile, query: z.object({ token: clear('signature of the URL', z.string().max(4096)) }), status: 200,
});
/** The header envelope of a sealed file: `{chunk, size, mime, …}` as SECURITY's media envelope, and the size of its ciphertext. */
export const storyFileHeader = route({
  name: 'storyFileHeader', summary: 'The sealed header of a file', method: 'GET', path: '/internal/stories/:id/files/:name/header', service: 'story-engine', audience: internal('gateway'), params: storyFile,
  response: contract(z.object({ id, header: sealed('stories', 'stories.file.header', z.looseObject({})), ciphertext_bytes: z.int().min(0) })), status: 200,
});
/** The ciphertext itself, raw bytes; honours `Range: bytes=a-b`. */
export const storyFileBody = route({
  name: 'storyFileBody', summary: 'The ciphertext of a file', method: 'GET', path: '/internal/stories/:id/files/:name/body', service: 'story-engine', audience: internal('gateway'), params: storyFile, status: 200,
});

/** A fact a story may rest on. Goals carry their title, occurrences the title of their task. */
export const evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('occurrence'), id, task_id: id, title: sealedCopy([taskTitle], z.string()), life_areas: lifeAreas, local_date: localDate, minutes, completed_at: instant }),
  z.object({ kind: z.literal('goal'), id, title: sealedCopy([goalTitlePlace], z.string()), life_areas: lifeAreas, local_date: localDate, achieved: z.boolean(), progress: z.number().min(0).max(1) }),
]);
/** ai-engine writes; story-engine renders. Narrative, script and texts come back sealed under `stories`, bound to the story. */
export const writeNarrative = route({
  name: 'writeNarrative', summary: 'Write narrative, script and texts of a story from its evidence', method: 'POST', path: '/internal/narratives', service: 'ai-engine', audience: internal('story-engine'),
  body: contract(identifiedBy('story_id', z.object({ story_id: id, period: storyPeriod, start_date: localDate, end_date: localDate, timezone: timeZone, evidence: z.array(evidence).max(1000) }))),
  response: contract(
    identifiedBy(
      'story_id',
      z.object({
        story_id: id, title: sealed('stories', 'stories.story.title', z.string()), narrative: sealed('stories', 'stories.story.narrative', storyNarrative), script: sealed('stories', 'stories.story.script', storyScript),
        blog_markdown: sealed('stories', 'stories.story.blog_markdown', z.string()), note_markdown: sealed('stories', 'stories.story.obsidian_note', z.string()), model: modelName,
      }),
    ),
  ),
  status: 200,
});
