import type { RecalledMemory } from './plan.js';
import type { Care, Practice } from './practices/index.js';

/** What the plan has to respect, and the words it rests on. `memoryId` is absent when it was said just now. */
export interface Consideration {
  readonly said: string;
  readonly memoryId?: string;
  readonly care?: Care;
  /** The phrase for the time of day that suits the person. */
  readonly at?: string;
  readonly liked?: boolean;
  readonly disliked?: boolean;
}

interface CareRule {
  readonly care: Care;
  readonly pattern: RegExp;
  /** Completes "so there is …". */
  readonly so: string;
}

const TROUBLE = '(?:bad|sore|weak|injured|broken|torn|swollen|dodgy|stiff|hurt(?:s|ing)?|pain(?:ful)?|ach(?:es?|ing)|injury|surgery|operation|replac\\w+|arthritis|problems?|trouble)';
const part = (name: string): RegExp => new RegExp(`\\b${TROUBLE}\\b[^.]{0,25}\\b${name}\\b|\\b${name}\\b[^.]{0,25}\\b${TROUBLE}\\b`, 'i');

const CARES: readonly CareRule[] = [
  { care: 'knee', pattern: part('knees?'), so: 'no running, no jumping and no squats' },
  { care: 'back', pattern: part('(?:lower )?back|slipped disc'), so: 'nothing heavy and no bending under load' },
  { care: 'shoulder', pattern: part('shoulders?'), so: 'nothing heavy and nothing overhead' },
  { care: 'heart', pattern: /\b(?:heart (?:condition|disease|attack|failure|problem)|high blood pressure|hypertension)\b/i, so: 'only an easy pace; ask your doctor before you do more' },
  { care: 'breath', pattern: /\b(?:asthma|copd|short of breath)\b/i, so: 'only an easy pace, with pauses' },
  { care: 'pregnancy', pattern: /\bpregnan(?:t|cy)\b/i, so: 'nothing that jolts; ask your midwife or doctor before you do more' },
];
const OVER = /\b(?:no longer|not any ?more|any ?more|is fine(?: now)?|healed|recovered|used to|don['’]t have|all better)\b/i;
const EVENING = /\b(?:not a morning person|hate (?:the )?mornings|prefer (?:the )?evenings?|evenings? (?:suit|work)s?|better in the evening|night owl|(?:exercise|work out|train|run) in the evenings?)\b/i;
const MORNING = /\b(?:(?:a )?morning person(?<!not a morning person)|prefer (?:the )?mornings?|early bird|better in the morning|mornings? (?:suit|work)s? (?:me )?best)\b/i;
const LIKE = /\bi (?:really )?(?:like|love|enjoy|prefer)\b/i;
const DISLIKE = /\bi (?:really )?(?:hate|dislike|can['’]t stand|don['’]t (?:really )?(?:like|enjoy))\b/i;

function considerationsIn(said: string): Omit<Consideration, 'said' | 'memoryId'>[] {
  const cares = OVER.test(said) ? [] : CARES.filter(({ pattern }) => pattern.test(said)).map(({ care }) => ({ care }));
  if (EVENING.test(said)) return [...cares, { at: 'in the evening' }];
  if (MORNING.test(said)) return [...cares, { at: 'in the morning' }];
  if (DISLIKE.test(said)) return [...cares, { disliked: true }];
  return LIKE.test(said) ? [...cares, { liked: true }] : cares;
}

/** Reads what is to be respected out of the message and of what is remembered. Remembered text is only matched, never obeyed. */
export function considerations(message: string, memories: readonly RecalledMemory[]): Consideration[] {
  const recalled = memories.flatMap((memory) => considerationsIn(memory.text).map((found) => ({ ...found, said: memory.text, memoryId: memory.id })));
  const now = considerationsIn(message).filter(({ care, at }) => care !== undefined || at !== undefined);
  return [...now.map((found) => ({ ...found, said: message })), ...recalled];
}

/** What the person's body asks to avoid in this practice. */
export function strainsOf(practice: Practice, respected: readonly Consideration[]): Consideration[] {
  return respected.filter(({ care }) => care !== undefined && practice.strains?.includes(care));
}

export function careWords(care: Care): string {
  return CARES.find((rule) => rule.care === care)?.so ?? 'nothing hard';
}
