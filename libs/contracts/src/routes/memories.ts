import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, pageOf, pageQuery, version } from '../fields.js';
import { identifiedBy, sealed } from '../marks.js';
import { internal, person, route } from '../route.js';
import { memoryText, memoryType } from './remembered.js';

/** Where a memory comes from: a span of a message (UTF-16 offsets, end exclusive), an event, or a plan that took effect. */
export const memorySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), id, start: z.int().min(0), end: z.int().min(1) }),
  z.object({ kind: z.literal('event'), id }),
  z.object({ kind: z.literal('plan'), id }),
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
export const forgetAllMemories = route({
  name: 'forgetAllMemories', summary: 'Forget everything for good', method: 'DELETE', path: '/api/v1/memories', service: 'memory', audience: person('delete:own_data'), status: 204,
});
export const correctMemory = route({
  name: 'correctMemory', summary: 'Put right what is remembered', method: 'PATCH', path: '/api/v1/memories/:id', service: 'memory', audience: person('write:own_data'), params: byId, oidParam: 'id',
  body: contract(z.object({ text: sealed('memories', 'memories.memory.text', z.string().trim().min(1).max(2000).optional()), type: memoryType.optional() })),
  response: contract(memoryShape), status: 200, idempotency: 'self',
});
const memorySettings = contract(z.object({ paused: z.boolean() }).meta({ id: 'MemorySettings', title: 'MemorySettings' }));
export const getMemorySettings = route({
  name: 'getMemorySettings', summary: 'Whether my memory is paused', method: 'GET', path: '/api/v1/memories/settings', service: 'memory', audience: person('read:own_data'), response: memorySettings, status: 200,
});
/** While paused nothing is learned and nothing recalled; what is remembered stays, and can be seen, corrected and forgotten. */
export const changeMemorySettings = route({
  name: 'changeMemorySettings', summary: 'Pause my memory, or take it up again', method: 'PATCH', path: '/api/v1/memories/settings', service: 'memory', audience: person('write:own_data'),
  body: contract(z.object({ paused: z.boolean().optional() })), response: memorySettings, status: 200,
});
/** `period`: the stretch of time that the question is about, where the caller has resolved it; else it is read from the words. */
export const recall = route({
  name: 'recall', summary: 'The memories nearest to a question', method: 'POST', path: '/internal/memories/recall', service: 'memory', audience: internal('ai-engine'),
  body: contract(identifiedBy('query_id', z.object({ query_id: id, query: sealed('memories', 'memories.query.text', z.string().min(1).max(20_000)), k: z.int().min(1).max(50).default(10), period: z.object({ from: instant, to: instant }).optional() }))),
  response: contract(z.object({ items: z.array(memoryShape.extend({ score: z.number() })) })), status: 200,
});
/**
 * Idempotent by the memories' ids: the same id again changes nothing. Near-duplicates of a live memory are merged into it; what
 * a memory contradicts is closed. The text of a memory from a message is its span word for word; where it is retold, `quote`
 * carries the span's words. What those do not bear out is rejected.
 */
export const memoryQuote = sealed('memories', 'memories.memory.quote', z.string().min(1).max(2000));
export const remember = route({
  name: 'remember', summary: 'Keep memories', method: 'POST', path: '/internal/memories', service: 'memory', audience: internal('ai-engine'),
  body: contract(z.object({ items: z.array(z.object({ id, type: memoryType, text: memoryText, source: memorySource, valid_from: instant, quote: sealed('memories', 'memories.memory.quote', z.string().min(1).max(2000).optional()) })).min(1).max(50) })),
  response: contract(z.object({ recorded: z.array(id), merged: z.array(z.object({ id, into: id })), rejected: z.array(id).optional() })), status: 200,
});
/** Told before a wish for privacy is confirmed: from then on no memory of this person goes to a model or an index elsewhere; words alone find it. */
export const withholdMemories = route({
  name: 'withholdMemories', summary: 'Keep memories from models and indexes elsewhere', method: 'POST', path: '/internal/memories/withheld', service: 'memory', audience: internal('ai-engine'),
  body: contract(z.object({ withheld: z.boolean(), version })), status: 204,
});
