import type { ProfileCue } from '@selfos/contracts';
import type { LifeArea } from '@selfos/kernel';
import { Temporal } from 'temporal-polyfill';
import { triggersIn } from './triggers.js';

export interface DoneTask {
  readonly title: string;
  readonly at: Date;
  /** IANA zone of the person. */
  readonly zone: string;
  readonly lifeAreas: readonly LifeArea[];
}

/** What a completion shows: when it was done by the person's own clock, of which areas, and what its title says moves them. */
export function cuesOfDone({ title, at, zone, lifeAreas }: DoneTask): ProfileCue[] {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const triggers = triggersIn(title).map((trigger): ProfileCue => ({ kind: 'trigger', trigger }));
  const areas: ProfileCue[] = lifeAreas.length === 0 ? [] : [{ kind: 'areas', areas: [...lifeAreas] }];
  return [{ kind: 'hour', hour }, ...areas, ...triggers];
}
