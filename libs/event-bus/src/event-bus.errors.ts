import { defineError } from '@selfos/kernel';

export class HandlerTooSlow extends defineError('event-bus.handler.too-slow', 'unavailable', 'An event handler did not finish in time') {}
export class EventRejected extends defineError('event-bus.event.rejected', 'invalid', 'This event does not match its catalogue entry') {}
export class BusUnavailable extends defineError('event-bus.bus.unavailable', 'unavailable', 'The event bus cannot be reached') {}
export class BusCannotTell extends defineError('event-bus.bus.cannot-tell', 'not-found', 'This event bus does not tell that') {}
