import { LIFE_AREAS, type LifeArea } from '@selfos/kernel';
import { PRACTICES, type Practice } from './practices/index.js';

interface Cue {
  readonly area: LifeArea;
  readonly pattern: RegExp;
  readonly weight: number;
}

/** Words that point to an area without a practice behind them. */
const CUES: readonly Cue[] = [
  { area: 'health', weight: 0.6, pattern: /\b(?:health|body|pain|energy|protein|knee|weight|fasting|fast on|blood pressure|cholesterol|salads?|vegetables?|fruit|screens)\b/gi },
  { area: 'career', weight: 0.6, pattern: /\b(?:work|job|career|manager|boss|clients?|projects?|meetings?|reports?|office|deadlines?|slides|team|proposals?|customers?|contracts?|recruiters?|inbox|e-?mails?|certif\w+|aws|jobs|salary|raise|interview|presentations?|board|conference call)\b/gi },
  { area: 'career', weight: 1.2, pattern: /\bfor work\b|\b(?:quarterly|status|weekly) report\b|\bquarterly\b|\bboard meeting\b|\bat work\b|\bmy (?:manager|boss)\b/gi },
  { area: 'relationships', weight: 0.6, pattern: /\b(?:visit|love|together|people|thank|invite|host|guests?|(?:coffee|lunch|dinner|drinks?|tea|brunch) with|game night|dinner party|someone|each other)\b/gi },
  { area: 'creativity', weight: 0.8, pattern: /\b(?:magazine|exhibition|gallery|museum|concert|theat(?:re|er)|band|choir|screenplay|manuscript|chapters?|chapter \w+ of my book|my (?:book|novel|story)|album|canvas)\b/gi },
  { area: 'finance', weight: 0.8, pattern: /[€$£]\s?\d|\b\d+\s?(?:€|\$|£)|\b(?:cost|price|mortgage|account|electricity|sell my|(?:stop|quit|avoid) buying|spending|takeaway)\b/gi },
  { area: 'spirituality', weight: 1.2, pattern: /\b(?:quran|koran|bible|torah|psalms?|retreat|soul|sacred|mindful|(?:say )?grace before|my values|candle for)\b/gi },
];
const WEAK_PRACTICE = 0.5;
const NAMED_AREA_BONUS = 0.75;

export interface AreaGuess {
  readonly area: LifeArea;
  /** False when nothing in the words points anywhere. */
  readonly certain: boolean;
}

function scoreOf(area: LifeArea, text: string, things: string): number {
  const practices = PRACTICES.filter((practice) => practice.area === area && practice.pattern.test(text)).reduce((sum, practice) => sum + (practice.weak === true ? WEAK_PRACTICE : 1), 0);
  const cues = CUES.filter((cue) => cue.area === area).map((cue) => cue.weight * [...things.matchAll(cue.pattern)].length);
  return practices + cues.reduce((sum, weight) => sum + weight, 0);
}

/**
 * The life area a sentence is about; areas that the person named count, and decide when the words do not.
 * `things` is the sentence without its phrases of time: "before work" says nothing of work.
 */
export function lifeAreaOf(text: string, named: readonly LifeArea[] = [], things: string = text): AreaGuess {
  const scored = LIFE_AREAS.map((area) => ({ area, words: scoreOf(area, text, things), bonus: named.includes(area) ? NAMED_AREA_BONUS : 0 }));
  const best = scored.reduce((a, b) => (b.words + b.bonus > a.words + a.bonus ? b : a));
  if (best.words > 0) return { area: best.area, certain: true };
  return { area: named[0] ?? 'personal_growth', certain: named.length > 0 };
}

const STARTERS: Readonly<Record<LifeArea, string>> = {
  health: 'health.workout', career: 'career.planning', relationships: 'relationships.keep', creativity: 'creativity.more', finance: 'finance.budget',
  personal_growth: 'growth.journal', spirituality: 'spirituality.meditate',
};

/** What an area begins with when nothing more is known. */
export function starterOf(area: LifeArea): Practice | undefined {
  return PRACTICES.find(({ id }) => id === STARTERS[area]);
}

/** The most exact practice of the area that the sentence is about. */
export function practiceFor(text: string, area: LifeArea): Practice | undefined {
  return PRACTICES.find((practice) => practice.area === area && practice.pattern.test(text));
}
