import { z } from 'zod';
import { contract } from '../contract.js';
import { id, instant } from '../fields.js';
import { clear, identifiedBy, sealed } from '../marks.js';
import { person, route } from '../route.js';
import { answeredBy } from './conversations.js';

/** Of a file in the body of a request, as base64: 700,000 bytes. */
const LONGEST_BASE64 = 933_336;
const file = z.base64().min(1).max(LONGEST_BASE64);
const nothingKept = { none: 'nothing is kept, and nothing follows from it' } as const;

const recording = sealed('conversations', 'conversations.recording.audio', file);
const heard = sealed('conversations', 'conversations.recording.text', z.string());
/** What somebody said, as text. `heard` is empty where there was only silence or noise. */
export const transcribe = route({
  name: 'transcribe', summary: 'Turn a voice message into text', method: 'POST', path: '/api/v1/transcriptions', service: 'ai-engine', audience: person('access:ai_features'),
  body: contract(
    identifiedBy('recording_id', z.object({ recording_id: id.optional(), recording, format: z.enum(['wav', 'ogg', 'webm', 'mp3', 'm4a', 'flac']), language: clear('language tag', z.string().regex(/^[a-z]{2,3}$/)).optional() })),
  ),
  response: contract(
    identifiedBy(
      'recording_id',
      z.object({
        recording_id: id, heard, silent: z.boolean(), seconds: z.number().min(0).nullable(),
        engine: clear('name of the model that listened', z.string().max(100)).nullable(), fallback: clear('why another engine listened: engines and kinds of failure', z.string().max(300)).nullable(),
      }),
    ),
  ),
  status: 200, idempotency: nothingKept,
});

const picture = sealed('conversations', 'conversations.picture.image', file);
/** Only what the file itself says, never guessed. Places are rounded to about ten kilometres. */
const facts = z.object({
  width: z.int(), height: z.int(), format: z.enum(['jpeg', 'png', 'webp', 'gif']), taken_at: instant.nullable(), taken_local: z.string().max(19).nullable(),
  latitude: z.number().nullable(), longitude: z.number().nullable(), colours: z.array(z.string().max(20)).max(5),
});
const seen = sealed('conversations', 'conversations.picture.description', z.object({ description: z.string().max(2000), labels: z.array(z.string().max(60)).max(12), facts }));
/** What is to be seen in a picture; without a model that sees, what its file tells of it. */
export const describePicture = route({
  name: 'describePicture', summary: 'Describe a picture', method: 'POST', path: '/api/v1/images/descriptions', service: 'ai-engine', audience: person('access:ai_features'),
  body: contract(identifiedBy('picture_id', z.object({ picture_id: id.optional(), picture }))),
  response: contract(identifiedBy('picture_id', z.object({ picture_id: id, seen, answered_by: answeredBy }))),
  status: 200, idempotency: nothingKept,
});
