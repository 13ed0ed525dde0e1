import type { EventDefinition, Route, ServiceManifest } from '@selfos/contracts';

/** The catalogue that manifests are held against. */
export interface Catalogue {
  readonly events: readonly EventDefinition[];
  readonly routes: readonly Route[];
}

/** Everything that the manifests say and that cannot be true; empty when they fit together. */
export function problemsOfManifests(manifests: readonly ServiceManifest[], catalogue: Catalogue): string[] {
  return [...problemsOfCalls(manifests), ...problemsOfEvents(manifests, catalogue.events), ...problemsOfCallers(manifests, catalogue.routes), ...problemsOfPlanes(manifests)];
}

/** Calls go to services that exist and never come back around. */
function problemsOfCalls(manifests: readonly ServiceManifest[]): string[] {
  const names = new Set(manifests.map((manifest) => manifest.name));
  const unknown = manifests.flatMap((manifest) => manifest.calls.filter((call) => !names.has(call)).map((call) => `${manifest.name} calls ${call}, which is no service`));
  const cycles = manifests.map((manifest) => cycleFrom(manifest.name, manifests)).filter((cycle) => cycle !== undefined);
  return [...unknown, ...cycles.map((cycle) => `calls go in a circle: ${cycle.join(' → ')}`)];
}

function cycleFrom(start: string, manifests: readonly ServiceManifest[]): string[] | undefined {
  const callsOf = (name: string): readonly string[] => manifests.find((manifest) => manifest.name === name)?.calls ?? [];
  const seen = new Set<string>();
  const walk = (path: readonly string[]): string[] | undefined => {
    for (const next of callsOf(path.at(-1) ?? start)) {
      if (next === start) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk([...path, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk([start]);
}

/** Only events of the catalogue travel, each published by its own service, and nobody waits for one that nobody sends. */
function problemsOfEvents(manifests: readonly ServiceManifest[], events: readonly EventDefinition[]): string[] {
  const definition = (type: string): EventDefinition | undefined => events.find((event) => event.type === type);
  const published = manifests.flatMap((manifest) =>
    manifest.publishes.flatMap((type) => {
      const known = definition(type);
      if (known === undefined) return [`${manifest.name} publishes ${type}, which is not in the catalogue`];
      return known.publisher === manifest.name ? [] : [`${manifest.name} publishes ${type}, which belongs to ${known.publisher}`];
    }),
  );
  const consumed = manifests.flatMap((manifest) => manifest.consumes.filter((type) => definition(type) === undefined).map((type) => `${manifest.name} consumes ${type}, which is not in the catalogue`));
  return [...published, ...consumed];
}

/** A service that an internal route lets in must say that it calls there. */
function problemsOfCallers(manifests: readonly ServiceManifest[], routes: readonly Route[]): string[] {
  return routes.flatMap((route) => {
    if (route.audience.kind !== 'internal') return [];
    return route.audience.callers
      .map((caller) => manifests.find((manifest) => manifest.name === caller))
      .filter((caller) => caller !== undefined && !caller.calls.includes(route.service))
      .map((caller) => `${caller?.name ?? ''} may call ${route.name} but its manifest does not call ${route.service}`);
  });
}

/** The clear plane opens nothing. */
function problemsOfPlanes(manifests: readonly ServiceManifest[]): string[] {
  return manifests.filter((manifest) => manifest.plane === 'clear' && manifest.opens.length > 0).map((manifest) => `${manifest.name} is in the clear plane and opens ${manifest.opens.join(', ')}`);
}
