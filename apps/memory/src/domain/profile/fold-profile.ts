import type { ProfileCue } from '@selfos/contracts';
import { ENOUGH, type Choices, type Known, type Observation, type Profile, type ProfileValues, type ValueName } from './profile.js';
import { LEARNERS, type Lesson, type Seen } from './learners.js';

const DAY = 86_400_000;
/** After so many days an observation counts half. All fade alike, so time alone changes no value, only how sure it is. */
const HALF_LIFE = 60;
const EVIDENCE = 20;

/**
 * The profile that follows from what was seen and from what the person decided. The order of the observations is of no
 * importance: the same ones, seen again or in another order, give the same profile.
 */
export function foldProfile(observations: readonly Observation[], choices: Choices, now: Date): Profile {
  const ordered = [...observations].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1));
  const known = (Object.keys(LEARNERS) as ValueName[]).flatMap((name) => {
    const value = knownOf(name, { ordered, choices, now });
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known) as Profile;
}

interface Material {
  /** Newest first. */
  readonly ordered: readonly Observation[];
  readonly choices: Choices;
  readonly now: Date;
}

function knownOf<N extends ValueName>(name: N, { ordered, choices, now }: Material): Known<ProfileValues[N]> | undefined {
  const { value, since } = choices[name] ?? {};
  const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const lesson = LEARNERS[name](seenIn(ordered.filter(({ at }) => at.getTime() > from), now)) as Lesson<ProfileValues[N]> | undefined;
  const ids = lesson?.ids ?? [];
  if (value !== undefined) return { value: value as ProfileValues[N], confidence: 1, observations: ids.length, evidence: ids.slice(0, EVIDENCE), locked: true };
  if (lesson === undefined || ids.length < ENOUGH || lesson.value === undefined) return undefined;
  return { value: lesson.value, confidence: lesson.confidence, observations: ids.length, evidence: ids.slice(0, EVIDENCE), locked: false };
}

function seenIn(observations: readonly Observation[], now: Date): Seen[] {
  return observations.flatMap(({ id, at, cues }): Seen[] => {
    const age = Math.max(0, now.getTime() - at.getTime()) / DAY;
    return cues.map((cue: ProfileCue): Seen => ({ id, cue, weight: 2 ** (-age / HALF_LIFE) }));
  });
}
