import { defineError } from '@selfos/kernel';

export class ConversationNotFound extends defineError('conversations.conversation.not-found', 'not-found', 'There is no such conversation') {}
export class MessageExists extends defineError('conversations.message.exists', 'conflict', 'There is a message with this id already') {}
export class MessagesUnreadable extends defineError('conversations.message.unreadable', 'unavailable', 'Some messages cannot be read now') {}
export class MessageStoreUnavailable extends defineError('conversations.message-store.unavailable', 'unavailable', 'Messages cannot be kept or read now') {}
/** Nothing of the turn was kept. */
export class AnswerUnavailable extends defineError('conversations.answer.unavailable', 'unavailable', 'There is no answer now; nothing was saved, try again') {}
/** The answer came so late that its message was forgotten. */
export class AnswerTooLate extends defineError('conversations.answer.too-late', 'unavailable', 'The answer came too late; nothing was saved, try again') {}
/** The answer's plan cannot be applied as it is; nothing of the turn was kept. */
export class AnswerUnusable extends defineError('conversations.answer.unusable', 'unavailable', 'The answer could not be used; nothing was saved, try again') {}
