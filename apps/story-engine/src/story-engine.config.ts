import { commonConfig, type ConfigOf, defineConfig, onOff, maybeText, setting } from '@selfos/config';
import { z } from 'zod';

const seconds = z.coerce.number().int().min(1);
const size = z
  .string()
  .regex(/^[1-9]\d{2,3}x[1-9]\d{2,3}$/, 'must be a width and a height such as 1080x1920')
  .transform((text) => {
    const [width = 0, height = 0] = text.split('x').map(Number);
    return { width, height };
  })
  .refine(({ width, height }) => width % 2 === 0 && height % 2 === 0, 'must be even in both directions');

export const configSchema = defineConfig({
  ...commonConfig,
  story: {
    weekClosesAt: setting('STORY_WEEK_CLOSES_AT', z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 20:00'), {
      doc: "wall time on Sunday, in each person's zone, at which the week's story is made",
      fallback: '20:00',
    }),
    scale: setting('STORY_VIDEO_SCALE', z.enum(['full', 'small']), { doc: 'small: films of a third of the size, encoded as fast as can be, for tests and slow machines', fallback: 'full' }),
    wide: setting('STORY_WIDE_SIZE', size, { doc: 'pixels of the wide film', fallback: '1920x1080' }),
    tall: setting('STORY_TALL_SIZE', size, { doc: 'pixels of the tall films', fallback: '1080x1920' }),
    instagramSeconds: setting('STORY_INSTAGRAM_SECONDS', seconds, { doc: 'longest film for Instagram', fallback: '60' }),
    tiktokSeconds: setting('STORY_TIKTOK_SECONDS', seconds, { doc: 'longest film for TikTok', fallback: '600' }),
    voice: setting('STORY_VOICE', onOff, { doc: 'speak the sentences, where espeak-ng is installed', fallback: '1' }),
    preset: setting('STORY_X264_PRESET', z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow']), { doc: 'how much time to spend on smaller films', fallback: 'veryfast' }),
    crf: setting('STORY_X264_CRF', z.coerce.number().int().min(0).max(51), { doc: 'quality of the films: smaller is better and larger', fallback: '20' }),
    threads: setting('STORY_RENDER_THREADS', z.coerce.number().int().min(0), { doc: 'threads of one encoding; 0 takes all there are', fallback: '0' }),
    encodingSeconds: setting('STORY_ENCODING_SECONDS', seconds, { doc: 'longest time that one encoding may take', fallback: '300' }),
    jobs: setting('STORY_JOBS', z.coerce.number().int().min(1), { doc: 'stories made at a time', fallback: '1' }),
    temporary: setting('STORY_TEMPORARY', maybeText, { doc: "folder for films in the making; the system's own when unset, best on a memory file system" }),
    blobs: setting('STORY_BLOBS', maybeText, { doc: 'folder for sealed films; under SELFOS_HOME when unset' }),
  },
});

export type StoryEngineConfig = ConfigOf<typeof configSchema>;
