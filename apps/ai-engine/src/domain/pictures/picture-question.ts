import { z } from 'zod';
import type { ModelQuestion } from '../model/language-model.js';
import { templateFor } from '../prompts/registry.js';
import { renderPrompt } from '../prompts/render.js';
import { refOf } from '../prompts/template.js';
import { describeFacts } from './describe-facts.js';
import type { ReadPicture } from './picture.js';

/** What a model says of a picture. */
export const pictureSchema = z.object({ description: z.string().trim().min(1).max(2000), labels: z.array(z.string().trim().min(1).max(60)).max(12) });
export type PictureWords = z.infer<typeof pictureSchema>;

export function pictureQuestion({ facts, seen }: ReadPicture): Omit<ModelQuestion, 'faults' | 'signal'> {
  const template = templateFor('picture');
  const { system, user } = renderPrompt(template, { picture: { width: facts.width, height: facts.height } });
  return { template: refOf(template), system, user, schema: z.toJSONSchema(pictureSchema), input: { operation: 'image', facts }, pictures: [seen] };
}

/** What rules say of it. */
export const ruledWords = (facts: ReadPicture['facts']): PictureWords => ({ description: describeFacts(facts), labels: [] });
