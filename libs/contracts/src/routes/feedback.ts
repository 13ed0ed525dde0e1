import { z } from 'zod';
import { contract } from '../contract.js';
import { id, instant, pageOf, pageQuery } from '../fields.js';
import { sealed } from '../marks.js';
import { person, route } from '../route.js';

/** 1 is poor, 5 is good. */
const rating = z.int().min(1).max(5);
const feedbackShape = z
  .object({ id, conversation_id: id, message_id: id.nullable(), rating, correction: sealed('feedback', 'feedback.record.correction', z.string().nullable()), created_at: instant })
  .meta({ id: 'Feedback', title: 'Feedback' });

export const giveFeedback = route({
  name: 'giveFeedback', summary: 'Say how good an answer was, and what it should have been', method: 'POST', path: '/api/v1/feedback', service: 'rlhf', audience: person('write:own_data'),
  body: contract(z.object({ id: id.optional(), conversation_id: id, message_id: id.nullable().default(null), rating, correction: sealed('feedback', 'feedback.record.correction', z.string().trim().min(1).max(10_000).nullable().optional()) })),
  response: contract(feedbackShape), status: 201, idempotency: 'transaction',
});
export const listFeedback = route({
  name: 'listFeedback', summary: 'My feedback, newest first', method: 'GET', path: '/api/v1/feedback', service: 'rlhf', audience: person('read:own_data'), query: pageQuery, response: contract(pageOf(feedbackShape)), status: 200,
});
