import { z } from 'zod';
import { clear } from './marks.js';

/** RFC 9457 problem details as every service answers them; `error` holds the seed's own words where it names some. */
export const problemSchema = z
  .object({
    type: clear('problem type', z.string()),
    title: clear('problem title', z.string()),
    status: z.int().min(400).max(599),
    detail: clear('problem detail, never content', z.string()).optional(),
    instance: clear('path of the request', z.string()).optional(),
    code: clear('error code', z.string()),
    traceId: clear('trace id', z.string()).optional(),
    error: clear('the seed’s short error text', z.string()).optional(),
    errors: z.array(z.object({ pointer: clear('JSON pointer', z.string()), detail: clear('what is wrong there', z.string()) })).optional(),
  })
  .meta({ id: 'Problem', title: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;
