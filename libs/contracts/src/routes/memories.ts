import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, pageOf, pageQuery } from '../fields.js';
import { identifiedBy, sealed } from '../marks.js';
import { internal, person, route } from '../route.js';
import { memoryText } from './conversations.js';

/** The seed's five types (§4.2). */
export const memoryType = z.enum(['goal', 'routine', 'preference', 'reflection', 'achievement']);
/** Where a memory comes from: a span of a message (UTF-16 offsets, end exclusive), or an event. */
export const memorySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), id, start: z.int().min(0), end: z.int().min(1) }),
  z.object({ kind: z.literal('event'), id }),
]);
const memoryShape = z
  .object({ id, type: memoryType, text: memoryText, source: memorySource, valid_from: instant, valid_to: instant.nullable(), created_at: instant })
  .meta({ id: 'Memory', title: 'Memory' });

export const listMemories = route({
  name: 'listMemories', summary: 'What SelfOS remembers of me, newest first', method: 'GET', path: '/api/v1/memories', service: 'memory', audience: person('read:own_data'),
  query: pageQuery.extend({ type: memoryType.optional() }), response: contract(pageOf(memoryShape)), status: 200,
});
export const forgetMemory = route({
  name: 'forgetMemory', summary: 'Forget one memory for good', method: 'DELETE', path: '/api/v1/memories/:id', service: 'memory', audience: person('delete:own_data'), params: byId, status: 204,
});
export const recall = route({
  name: 'recall', summary: 'The memories nearest to a question', method: 'POST', path: '/internal/memories/recall', service: 'memory', audience: internal('ai-engine'),
  body: contract(identifiedBy('query_id', z.object({ query_id: id, query: sealed('memories', 'memories.query.text', z.string().min(1).max(20_000)), k: z.int().min(1).max(50).default(10) }))),
  response: contract(z.object({ items: z.array(memoryShape.extend({ score: z.number() })) })), status: 200,
});
/** Idempotent by the memories' ids: the same id again changes nothing. Near-duplicates of a live memory are merged into it. */
export const remember = route({
  name: 'remember', summary: 'Keep memories', method: 'POST', path: '/internal/memories', service: 'memory', audience: internal('ai-engine'),
  body: contract(z.object({ items: z.array(z.object({ id, type: memoryType, text: memoryText, source: memorySource, valid_from: instant })).min(1).max(50) })),
  response: contract(z.object({ recorded: z.array(id), merged: z.array(z.object({ id, into: id })) })), status: 200,
});
