import type { ProfileCue } from '@selfos/contracts';
import type { LifeArea, Uuid } from '@selfos/kernel';
import { ENOUGH, type ProfileValues, type Trait, TRAITS, type ValueName } from './profile.js';

/** A cue with whose it is, and how much it still counts. */
export interface Seen {
  readonly id: Uuid;
  readonly cue: ProfileCue;
  readonly weight: number;
}

/** What cues teach of one value. `value` is undefined when they do not agree. */
export interface Lesson<V> {
  readonly value: V | undefined;
  readonly confidence: number;
  /** What it rests on, in the order of what was seen. */
  readonly ids: readonly Uuid[];
}
type Learner<V> = (seen: readonly Seen[]) => Lesson<V> | undefined;
type CueOf<K extends ProfileCue['kind']> = Extract<ProfileCue, { readonly kind: K }>;
type SeenOf<K extends ProfileCue['kind']> = Seen & { readonly cue: CueOf<K> };

const HOURS = 24;
const MOST_HOURS = 4;
/** An hour is a peak when it has this much of the busiest one. */
const NEARLY_BUSIEST = 0.6;
/** A neighbouring hour lends this much: 7:58 and 8:02 are one habit. */
const LENT = 0.25;
/** People describe themselves as they wish to be: words alone never make us surer of a trait. */
const MOST_CERTAIN_TRAIT = 0.6;

/** How each value is learned. No model is asked. */
export const LEARNERS: { readonly [N in ValueName]: Learner<ProfileValues[N]> } = {
  communication_style: (seen) => {
    const styles = of('style', seen);
    const [best] = strongest(styles, ({ cue }) => [cue.style]);
    return lesson(styles, best !== undefined && best.share >= 0.5 ? best.name : undefined, best?.share ?? 0);
  },
  peak_hours: (seen) => {
    const done = of('hour', seen);
    const { hours, share } = peaksOf(done);
    return lesson(done, hours.length === 0 ? undefined : hours, share);
  },
  life_area_weights: (seen) => {
    const done = of('areas', seen);
    const shares = strongest(done, ({ cue }) => cue.areas);
    const weights = Object.fromEntries(shares.map(({ name, share }) => [name, round(share)])) as Partial<Record<LifeArea, number>>;
    return lesson(done, shares.length === 0 ? undefined : weights, 1);
  },
  motivation_triggers: (seen) => {
    const moved = of('trigger', seen);
    const often = strongest(moved, ({ cue }) => [cue.trigger]).filter(({ ids }) => ids.length >= ENOUGH);
    const share = often.reduce((sum, one) => sum + one.share, 0);
    return lesson(moved, often.length === 0 ? undefined : often.map(({ name }) => name), share);
  },
  ...(Object.fromEntries(TRAITS.map((trait) => [trait, learnTrait(trait)])) as Record<Trait, Learner<number>>),
};

function learnTrait(trait: Trait): Learner<number> {
  return (seen) => {
    const told = of('trait', seen).filter(({ cue }) => cue.trait === trait);
    const total = sum(told, ({ weight, cue }) => weight * cue.weight);
    if (total === 0) return undefined;
    const mean = sum(told, ({ weight, cue }) => weight * cue.weight * cue.toward) / total;
    const count = idsOf(told).length;
    // few words move it little from the middle
    const value = round(0.5 + (0.5 * mean * count) / (count + ENOUGH));
    const learned = lesson(told, value, Math.abs(mean));
    return { ...learned, confidence: Math.min(MOST_CERTAIN_TRAIT, learned.confidence) };
  };
}

function of<K extends ProfileCue['kind']>(kind: K, seen: readonly Seen[]): SeenOf<K>[] {
  return seen.filter((one): one is SeenOf<K> => one.cue.kind === kind);
}

/** Surer with what agrees and with how much of it is still fresh. */
function lesson<V>(seen: readonly Seen[], value: V | undefined, agreement: number): Lesson<V> {
  const ids = idsOf(seen);
  const freshOf = new Map(seen.map(({ id, weight }) => [id, weight]));
  const fresh = sum([...freshOf.values()], (weight) => weight);
  return { value, ids, confidence: round((agreement * fresh) / (fresh + ENOUGH)) };
}

interface Share<T> {
  readonly name: T;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  readonly ids: readonly Uuid[];
}

/** Names by their share, largest first; what names several is split between them. */
function strongest<S extends Seen, T extends string>(seen: readonly S[], namesOf: (one: S) => readonly T[]): Share<T>[] {
  const named = seen.flatMap((one) => namesOf(one).map((name, _, all) => ({ id: one.id, name, weight: one.weight / all.length })));
  const total = sum(named, ({ weight }) => weight);
  const shares = [...new Set(named.map(({ name }) => name))].map((name): Share<T> => {
    const mine = named.filter((one) => one.name === name);
    return { name, share: sum(mine, ({ weight }) => weight) / total, ids: [...new Set(mine.map(({ id }) => id))] };
  });
  return shares.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
}

function peaksOf(done: readonly SeenOf<'hour'>[]): { readonly hours: number[]; readonly share: number } {
  const weights = Array.from({ length: HOURS }, (_, hour) => sum(done.filter(({ cue }) => cue.hour === hour), ({ weight }) => weight));
  const at = (hour: number): number => weights[(hour + HOURS) % HOURS] ?? 0;
  const smooth = weights.map((weight, hour) => weight + LENT * (at(hour - 1) + at(hour + 1)));
  const busiest = Math.max(...smooth);
  const all = smooth.flatMap((weight, hour) => (at(hour) > 0 && weight >= NEARLY_BUSIEST * busiest ? [{ hour, weight }] : []));
  const hours = all.sort((a, b) => b.weight - a.weight || a.hour - b.hour).slice(0, MOST_HOURS).map(({ hour }) => hour).sort((a, b) => a - b);
  return { hours, share: sum(hours, at) / Math.max(sum(weights, (weight) => weight), Number.MIN_VALUE) };
}

function idsOf(seen: readonly Seen[]): Uuid[] {
  return [...new Set(seen.map(({ id }) => id))];
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
