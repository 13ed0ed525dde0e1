import { envelopeSchema, routes } from '@selfos/contracts';
import { z } from 'zod';
import type { NarratedEvidence } from '../../evidence/evidence.js';
import type { Timeline } from '../../film/timeline.js';
import type { ToldStory } from '../../ports/storyteller.js';
import type { StoryFile } from '../../story/story.repository.js';

/** What each state hands to the later ones, kept beside the job: ids, times, counts and envelopes, never words. */
const told = z.object({ title: envelopeSchema, narrative: envelopeSchema, script: envelopeSchema, blogMarkdown: envelopeSchema, obsidianNote: envelopeSchema });
const gathered = z.object({ evidence: routes.writeNarrative.body.inner.shape.evidence });
const scene = z.object({ jointIn: z.int(), jointOut: z.int(), body: z.int(), bodyStart: z.int() });
const timeline = z.object({ scenes: z.array(scene), frames: z.int() });
const file = z.object({ id: z.uuid(), name: z.enum(['video', 'instagram', 'tiktok', 'captions', 'cover']), header: envelopeSchema, blobKey: z.string(), ciphertextBytes: z.int() });
const shot = z.object({ files: z.array(file) });
const post = z.object({ files: z.array(file), blogPost: envelopeSchema });

export interface StepOutputs {
  readonly GatherContent: { readonly evidence: NarratedEvidence[] };
  readonly AnalyzeNarrative: ToldStory;
  readonly CreateMedia: Timeline;
  readonly RenderVideo: { readonly files: StoryFile[] };
  readonly PostProcess: { readonly files: StoryFile[]; readonly blogPost: z.infer<typeof envelopeSchema> };
}

const SCHEMAS: { readonly [K in keyof StepOutputs]: z.ZodType<StepOutputs[K]> } = {
  GatherContent: gathered,
  AnalyzeNarrative: told,
  CreateMedia: timeline,
  RenderVideo: shot,
  PostProcess: post,
};

/** What an earlier state handed over; throws when it is not there, which only a changed program can cause. */
export function outputOf<K extends keyof StepOutputs>(job: { output(step: string): unknown }, step: K): StepOutputs[K] {
  return SCHEMAS[step].parse(job.output(step));
}
