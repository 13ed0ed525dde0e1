import { events, placesOf, type EventDefinition, type Place, type ServiceManifest } from '@selfos/contracts';
import { GENERATED, table } from './table.ts';

/** docs/events.md: every event, who sends and who gets it, and what it carries. */
export function eventsDocument(manifests: readonly ServiceManifest[]): string {
  const all = Object.values<EventDefinition>(events);
  const consumers = (type: string): string => manifests.filter((one) => one.consumes.some((wanted) => wanted === type)).map((one) => one.name).join(', ') || '–';
  const sent = (event: EventDefinition): string => (manifests.some((one) => one.publishes.some((type) => type === event.type)) ? '' : ' (reserved)');
  const rows = all.map((event) => [`[\`${event.type}\`](#${anchor(event.type)})`, `${event.publisher}${sent(event)}`, consumers(event.type), event.summary]);
  const intro = 'Events are CloudEvents 1.0 in JSON with the extension attributes `userid`, `aggregateid`, `seq`, `dataversion` and `traceparent`. They arrive at least once and in no promised order; a consumer keeps the newest `seq` of an aggregate.';
  const sections = all.map((event) => `## ${event.type}\n\n${event.summary}. Version ${event.version}.\n\n${fields(event)}`);
  return `${GENERATED}\n\n# Events\n\n${intro}\n\n${table(['Type', 'Published by', 'Consumed by', 'Says'], rows)}\n\n${sections.join('\n\n')}\n`;
}

function fields(event: EventDefinition): string {
  return table(['Field', 'Carries'], placesOf(event.data.plain).map((place) => [`\`${place.path}\``, carries(place)]));
}

/** What a place holds, in a word. */
export function carries(place: Place): string {
  const { mark } = place;
  if (mark === undefined) return place.schema.def.type;
  if (mark.kind === 'sealed') return `sealed (${mark.domain})`;
  if (mark.kind === 'copy') return `sealed copy (${[...new Set(mark.places.map((one) => one.domain))].join(', ')})`;
  return mark.kind === 'file' ? 'file' : `clear: ${mark.reason}`;
}

function anchor(type: string): string {
  return type.replaceAll('.', '');
}
