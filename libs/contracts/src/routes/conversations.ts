import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, lifeArea, lifeAreas, localDate, minutes, modelName, pageOf, pageQuery, recurrenceWords, rrule, timeZone, wallTime } from '../fields.js';
import { clear, identifiedBy, sealed } from '../marks.js';
import { internal, person, route } from '../route.js';
import { goalStatus, goalTitle } from './goals.js';
import { planChange, planStatus } from './plans.js';
import { memoryText } from './remembered.js';
import { answerSettings } from './settings.js';
import { title } from './tasks.js';

const words = z.string().trim().min(1).max(20_000);
const message = sealed('conversations', 'conversations.message.text', words);
/** What the person says of the moment (Appendix B of the seed). */
export const messageContext = z.object({ life_areas: lifeAreas.optional(), current_mood: z.string().max(100).optional(), available_time: minutes.optional() });
const context = sealed('conversations', 'conversations.message.context', messageContext.optional());
const reply = sealed('conversations', 'conversations.message.text', z.string());
const mediaSuggestion = z.object({ type: z.enum(['video', 'article', 'audio']), url: z.url(), title: z.string() });
export const mediaSuggestions = sealed('conversations', 'conversations.message.media', z.array(mediaSuggestion));
/** Life areas and sentiment (-1 to 1) of a turn. */
export const turnMetadata = sealed('conversations', 'conversations.turn.metadata', z.object({ life_areas: z.array(lifeArea), sentiment: z.number().min(-1).max(1) }));
/** A memory that an answer rests on. */
export const memoryUsed = z.object({ id, text: memoryText });

/** Which model answered, by which strategy, and why not the one that was to answer first. */
export const answeredBy = z.object({
  model: modelName, strategy: z.enum(['premium', 'standard', 'privacy', 'offline']),
  fallback: clear('why another model answered: models and kinds of failure', z.string().max(300)).nullable(),
});
/** Which prompt the answer came from. */
const template = z.object({ id: clear('prompt template id', z.string().max(100)), version: z.int().min(1) });
/** A record that the answer's claims rest on: every number in it comes from those. */
const citation = z.object({ kind: z.enum(['task', 'goal']), id });
const cites = z.array(citation).max(100).optional();
/** What was proposed while text that is not the person's own was in sight: nothing of it is applied before they say so. */
const needsConfirmation = z.boolean().optional();
/** The model broke off: the words so far are kept, and nothing follows from them. */
const truncated = z.boolean();

/** `reply_id` is the id of the assistant's message; its text and media suggestions are bound to it. */
export const conversationAnswer = identifiedBy(
  'reply_id',
  z.object({
    conversation_id: id, reply_id: id, ai_response: reply,
    created_tasks: z.array(z.object({ id, title, scheduled_time: wallTime.nullable(), recurrence: recurrenceWords.nullable() })),
    media_suggestions: mediaSuggestions, plan: z.object({ id, status: planStatus }).nullable(), memories_used: z.array(memoryUsed), model: modelName, answered_by: answeredBy, truncated,
    cites, needs_confirmation: needsConfirmation,
  }),
).meta({ id: 'ConversationAnswer', title: 'ConversationAnswer' });

export const converse = route({
  name: 'converse', summary: 'Say something: the answer, and the plan that follows from it', method: 'POST', path: '/api/v1/conversations', service: 'backend', audience: person('access:ai_features'),
  body: contract(identifiedBy('message_id', z.object({ message_id: id.optional(), conversation_id: id.optional(), message, context, apply: z.boolean().optional() }))),
  response: contract(conversationAnswer), status: 201, idempotency: 'self', stream: true,
});
const conversationShape = z.object({ id, created_at: instant, updated_at: instant, turns: z.int() }).meta({ id: 'Conversation', title: 'Conversation' });
export const listConversations = route({
  name: 'listConversations', summary: 'My conversations, newest first', method: 'GET', path: '/api/v1/conversations', service: 'backend', audience: person('read:own_data'),
  query: pageQuery, response: contract(pageOf(conversationShape)), status: 200,
});
export const getConversation = route({
  name: 'getConversation', summary: 'One conversation', method: 'GET', path: '/api/v1/conversations/:id', service: 'backend', audience: person('read:own_data'), params: byId, response: contract(conversationShape), status: 200,
});
const messageShape = z
  .object({ id, role: z.enum(['user', 'assistant']), text: reply, created_at: instant, plan_id: id.nullable(), model: modelName.nullable(), answered_by: answeredBy.nullable(), template: template.nullable(), truncated: z.boolean() })
  .meta({ id: 'Message', title: 'Message' });
export const listMessages = route({
  name: 'listMessages', summary: 'The messages of a conversation, oldest first', method: 'GET', path: '/api/v1/conversations/:id/messages', service: 'backend', audience: person('read:own_data'),
  params: byId, query: pageQuery, response: contract(pageOf(messageShape)), status: 200,
});

/**
 * An open task as an answer may speak of it. `next`: local dates within 14 days from today on which it is due and not done. `done`: those of the
 * last 7 days on which it was done. `overdue`: it does not recur, and its day has passed.
 */
const agendaTask = z.object({
  id, title, life_areas: lifeAreas, priority: z.int(), recurring_pattern: rrule.nullable(), recurrence: recurrenceWords.nullable(), start_date: localDate, scheduled_time: wallTime.nullable(),
  duration_minutes: minutes, due_date: instant.nullable(), parent_goal_id: id.nullable(), overdue: z.boolean(), next: z.array(localDate).max(14), done: z.array(localDate).max(8),
});
const agendaGoal = z.object({ id, title: goalTitle, life_areas: lifeAreas, target_date: localDate, progress: z.number().min(0).max(1), status: goalStatus });
/** What a person has before them, the most urgent first; `more_…` says how many of theirs are left out. */
export const agenda = z.object({ tasks: z.array(agendaTask).max(100), more_tasks: z.int().min(0), goals: z.array(agendaGoal).max(50), more_goals: z.int().min(0) });

/** ai-engine answers one message. It writes nothing of backend's: what it returns becomes a turn and a plan there. */
export const answerMessage = route({
  name: 'answerMessage', summary: 'Answer a message and propose a plan', method: 'POST', path: '/internal/answers', service: 'ai-engine', audience: internal('backend'),
  body: contract(
    identifiedBy(
      'message_id',
      z.object({
        message_id: id, conversation_id: id, reply_id: id, message, context, timezone: timeZone, now: instant, settings: answerSettings, agenda,
        history: z.array(z.object({ id, role: z.enum(['user', 'assistant']), text: reply })).max(20),
      }),
    ),
  ),
  response: contract(
    identifiedBy(
      'reply_id',
      z.object({
        reply_id: id, ai_response: reply, media_suggestions: mediaSuggestions, metadata: turnMetadata, changes: z.array(planChange).max(50), memories_used: z.array(memoryUsed), model: modelName,
        answered_by: answeredBy, truncated, cites, needs_confirmation: needsConfirmation,
        template,
        usage: z.object({ input_tokens: z.int().min(0), output_tokens: z.int().min(0) }),
      }),
    ),
  ),
  status: 200, stream: true,
});
