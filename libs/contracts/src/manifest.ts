import type { Domain, ServiceName } from './domains.js';
import type { EventType } from './events/catalogue.js';

/** Where a service stands to a person's content: `edge` seals and opens at the border, `ai` opens under a grant, `clear` never opens. */
export type Plane = 'edge' | 'ai' | 'clear';

/** The one source about a service: routing, compose, allow-matrix, topics and docs/events.md are derived from it. */
export interface ServiceManifest {
  readonly name: ServiceName;
  readonly plane: Plane;
  /** Port when it runs on its own. */
  readonly port: number;
  readonly publishes: readonly EventType[];
  readonly consumes: readonly EventType[];
  /** Services it may call; together they form a DAG. */
  readonly calls: readonly ServiceName[];
  /** Domains whose content it may open. */
  readonly opens: readonly Domain[];
  /** Databases it owns, by name. */
  readonly databases: readonly string[];
  /** Other stores it writes: named for people. */
  readonly stores: readonly ('mongodb' | 'vectors' | 'blobs')[];
}
