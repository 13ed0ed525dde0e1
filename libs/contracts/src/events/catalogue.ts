import { z } from 'zod';
import { contract, type Inner } from '../contract.js';
import { id, instant, lifeAreas, localDate, minutes, modelName, rrule, timeZone, version, wallTime } from '../fields.js';
import { clear, sealedCopy } from '../marks.js';
import { goalStatus, goalTitlePlace } from '../routes/goals.js';
import { memoryTextPlace, memoryType } from '../routes/remembered.js';
import { answerSettings } from '../routes/settings.js';
import { occurrenceShape, taskStatus, taskTitle } from '../routes/tasks.js';
import { event, type EventDefinition, type EventEnvelope } from './event.js';

const taskState = z.object({
  id, title: sealedCopy([taskTitle], z.string()), life_areas: lifeAreas, priority: z.int(), energy_required: z.int(), duration_minutes: minutes, due_date: instant.nullable(),
  recurring_pattern: rrule.nullable(), start_date: localDate, scheduled_time: wallTime.nullable(), timezone: timeZone, parent_goal_id: id.nullable(), plan_id: id.nullable(), status: taskStatus, version,
});
const task = contract(taskState);
const goal = contract(
  z.object({ id, title: sealedCopy([goalTitlePlace], z.string()), life_areas: lifeAreas, target_date: localDate, status: goalStatus, progress: z.number().min(0).max(1), achieved_at: instant.nullable(), plan_id: id.nullable(), version }),
);
/** `memories`: what the plan remembers and forgets. Applied, they take effect; undone, the remembered ones go and the forgotten ones come back. */
const plan = contract(
  z.object({
    id, conversation_id: id.nullable(), task_ids: z.array(id), goal_ids: z.array(id),
    memories: z
      .array(z.discriminatedUnion('op', [z.object({ op: z.literal('remember'), id, type: memoryType, text: sealedCopy([memoryTextPlace], z.string()) }), z.object({ op: z.literal('forget'), id })]))
      .optional(),
  }),
);
const training = contract(z.object({ id, outcome: z.enum(['running', 'succeeded', 'failed']) }));

/** Every event there is. A type not listed here is refused by publisher and consumer alike. */
export const events = {
  userRegistered: event({ type: 'user.registered', version: 1, publisher: 'auth', summary: 'Somebody created an account', data: contract(z.object({ user_id: id, timezone: timeZone })) }),
  userUpdated: event({ type: 'user.updated', version: 1, publisher: 'auth', summary: 'Somebody changed their time zone', data: contract(z.object({ user_id: id, timezone: timeZone, version })) }),
  sessionRevoked: event({ type: 'session.revoked', version: 1, publisher: 'auth', summary: 'A session ended', data: contract(z.object({ session_id: id, reason: z.enum(['logout', 'reuse', 'erasure']) })) }),
  grantChanged: event({ type: 'grant.changed', version: 1, publisher: 'auth', summary: 'A grant was given or taken', data: contract(z.object({ grant_id: id, given: z.boolean() })) }),
  taskCreated: event({ type: 'task.created', version: 1, publisher: 'backend', summary: 'A task exists', data: task }),
  taskUpdated: event({ type: 'task.updated', version: 1, publisher: 'backend', summary: 'A task changed', data: task }),
  taskCompleted: event({ type: 'task.completed', version: 1, publisher: 'backend', summary: 'A task that does not recur is done', data: task }),
  taskDeleted: event({ type: 'task.deleted', version: 1, publisher: 'backend', summary: 'A task is gone', data: contract(z.object({ id, version })) }),
  occurrenceCompleted: event({
    type: 'occurrence.completed', version: 1, publisher: 'backend', summary: 'One due instance of a task was done',
    data: contract(occurrenceShape.extend({ title: sealedCopy([taskTitle], z.string()), life_areas: lifeAreas, timezone: timeZone })),
  }),
  occurrenceReopened: event({ type: 'occurrence.reopened', version: 1, publisher: 'backend', summary: 'A completion was undone', data: contract(z.object({ id, task_id: id, local_date: localDate, version })) }),
  goalCreated: event({ type: 'goal.created', version: 1, publisher: 'backend', summary: 'A goal exists', data: goal }),
  goalUpdated: event({ type: 'goal.updated', version: 1, publisher: 'backend', summary: 'A goal changed', data: goal }),
  goalAchieved: event({ type: 'goal.achieved', version: 1, publisher: 'backend', summary: 'A goal was reached, once', data: goal }),
  goalDeleted: event({ type: 'goal.deleted', version: 1, publisher: 'backend', summary: 'A goal is gone', data: contract(z.object({ id, version })) }),
  planApplied: event({ type: 'plan.applied', version: 1, publisher: 'backend', summary: 'A plan took effect', data: plan }),
  planUndone: event({ type: 'plan.undone', version: 1, publisher: 'backend', summary: 'A plan was taken back', data: plan }),
  turnCompleted: event({
    type: 'conversation.turn_completed', version: 1, publisher: 'backend', summary: 'A message was answered',
    data: contract(
      z.object({
        turn_id: id, conversation_id: id, message_id: id, reply_id: id, message: sealedCopy([{ domain: 'conversations', ctx: 'conversations.message.text' }], z.string()), timezone: timeZone, said_at: instant,
      }),
    ),
  }),
  settingsChanged: event({ type: 'settings.changed', version: 1, publisher: 'backend', summary: 'Somebody wants to be answered in another way', data: contract(answerSettings.extend({ version })) }),
  mediaUploaded: event({
    type: 'media.uploaded', version: 1, publisher: 'backend', summary: 'A photo, film or sound was added', data: contract(z.object({ id, kind: z.enum(['image', 'video', 'audio']), taken_at: instant.nullable(), bytes: z.int() })),
  }),
  userErased: event({ type: 'user.erased', version: 1, publisher: 'backend', summary: 'A person and all of theirs is gone', data: contract(z.object({ request_id: id })) }),
  responseGenerated: event({
    type: 'ai.response_generated', version: 1, publisher: 'ai-engine', summary: 'The AI plane answered',
    data: contract(z.object({ reply_id: id, conversation_id: id, model: modelName, template: clear('prompt template id', z.string().max(100)), template_version: z.int(), input_tokens: z.int(), output_tokens: z.int() })),
  }),
  profileUpdated: event({ type: 'profile.updated', version: 1, publisher: 'memory', summary: 'The personal profile says something else', data: contract(z.object({ profile_version: version })) }),
  memoryRecorded: event({ type: 'memory.recorded', version: 1, publisher: 'memory', summary: 'Something is remembered', data: contract(z.object({ id, memory_type: memoryType })) }),
  memorySuperseded: event({ type: 'memory.superseded', version: 1, publisher: 'memory', summary: 'A memory no longer holds', data: contract(z.object({ id, by: id.nullable(), reason: z.enum(['superseded', 'forgotten']) })) }),
  storyGenerated: event({ type: 'story.generated', version: 1, publisher: 'story-engine', summary: 'A story is ready', data: contract(z.object({ id, period: z.enum(['week']), start_date: localDate, end_date: localDate })) }),
  storyFailed: event({ type: 'story.failed', version: 1, publisher: 'story-engine', summary: 'A story could not be made', data: contract(z.object({ id, failure: clear('error code', z.string().max(100)) })) }),
  storyPublished: event({ type: 'story.published', version: 1, publisher: 'story-engine', summary: 'A story was published by its owner', data: contract(z.object({ id, platform: clear('platform', z.string().max(40)) })) }),
  reminderDue: event({ type: 'reminder.due', version: 1, publisher: 'notify', summary: 'It is time, once per occurrence, channel and offset', data: contract(z.object({ notification_id: id, task_id: id, local_date: localDate, due_at: instant })) }),
  notificationDelivered: event({ type: 'notification.delivered', version: 1, publisher: 'notify', summary: 'A notification reached a channel', data: contract(z.object({ notification_id: id, channel: z.enum(['in_app']) })) }),
  feedbackRecorded: event({ type: 'feedback.recorded', version: 1, publisher: 'rlhf', summary: 'Somebody judged an answer', data: contract(z.object({ id, conversation_id: id, message_id: id.nullable(), rating: z.int() })) }),
  trainingStarted: event({ type: 'training.started', version: 1, publisher: 'rlhf', summary: 'A training run started', data: training }),
  trainingFinished: event({ type: 'training.finished', version: 1, publisher: 'rlhf', summary: 'A training run ended', data: training }),
  modelPromoted: event({ type: 'model.promoted', version: 1, publisher: 'rlhf', summary: 'A model took over', data: contract(z.object({ id, model: modelName })) }),
} as const;

type Catalogue = typeof events;
export type EventType = Catalogue[keyof Catalogue]['type'];
type DefinitionOf<T extends EventType> = Extract<Catalogue[keyof Catalogue], { readonly type: T }>;
/** The inner data of an event type. */
export type EventData<T extends EventType> = Inner<DefinitionOf<T>['data']>;
/** A whole event of a type as a consumer gets it. */
export type EventOf<T extends EventType> = EventEnvelope<EventData<T>>;

/** The definition of a type, or undefined when the catalogue has none. */
export function eventDefinition(type: string): EventDefinition | undefined {
  return Object.values<EventDefinition>(events).find((definition) => definition.type === type);
}
