import type { ProfileCue } from '@selfos/contracts';
import { triggersIn } from './triggers.js';

type Style = Extract<ProfileCue, { readonly kind: 'style' }>['style'];
type Trait = Extract<ProfileCue, { readonly kind: 'trait' }>['trait'];

const FEWEST_WORDS = 3;
const FEWEST_SIGNS = 2;
const QUOTED = /["“«][^"”»]{0,300}["”»]/g;

/** Signs of a way to write, each counted once. */
const SIGNS: Readonly<Record<Style, readonly RegExp[]>> = {
  formal: [
    /\b(?:would you|could you|may i|kindly|i would (?:like|appreciate|be grateful)|thank you|dear|regards|sincerely)\b/i, /\bplease\b/i, /\b(?:therefore|however|furthermore|moreover|regarding|in order to|shall|whether)\b/i,
    /^\p{Lu}[^!]*\b(?:I am|I have|I will|do not|cannot|it is)\b[^!]*\.$/u,
  ],
  casual: [
    /\b(?:hey|hi there|yo|gonna|wanna|gotta|kinda|sorta|yeah|yep|nope|cool|awesome|lol|haha|btw|tbh|idk|omg|thx|pls|u|dunno|stuff|ok(?:ay)? so)\b/i, /(?:[:;]-?[)(DP])|\p{Extended_Pictographic}/u, /\b(?:i'm|don't|can't|it's|won't|didn't|i've|i'll)\b/i,
    /^\p{Ll}/u, /[^.!?…]$/u, /\.\.\.|!!|\?\?/,
  ],
  motivational: [
    /!/, /\b(?:let'?s (?:go|do (?:it|this))|i can do|i'?ve got this|can'?t wait|bring it on|no excuses|push (?:myself|harder)|crush(?:ing)? it|i will (?:make|do) it|never give up|game on)\b/i,
    /\b(?:pumped|fired up|excited|motivated|unstoppable|ready|stronger|best (?:self|version)|goals?)\b/i, /\b[A-Z]{4,}\b/,
  ],
};

/**
 * The adjectives of Saucier's Mini-Markers (1994), a validated short form of Goldberg's unipolar Big Five markers, and few everyday words
 * for the same. Emotional stability is told as neuroticism, so its signs are turned.
 */
const MARKERS: Readonly<Record<Trait, { readonly more: string; readonly less: string }>> = {
  extraversion: { more: 'bold|energetic|extraverted|extroverted|talkative|outgoing|extrovert|extravert', less: 'bashful|quiet|shy|withdrawn|introverted|introvert|reserved' },
  agreeableness: { more: 'cooperative|kind|sympathetic|warm', less: 'cold|harsh|rude|unsympathetic' },
  conscientiousness: { more: 'efficient|organi[sz]ed|practical|systematic|disciplined', less: 'careless|disorgani[sz]ed|inefficient|sloppy|messy' },
  neuroticism: { more: 'envious|fretful|jealous|moody|temperamental|touchy|anxious', less: 'relaxed|unenvious|even-tempered' },
  openness: { more: 'complex|creative|deep|imaginative|intellectual|philosophical|curious', less: 'uncreative|unintellectual|unimaginative' },
};
/** "I am …", of how somebody is and not of how they feel now. */
const SELF = (words: string): RegExp =>
  new RegExp(`\\bi(?:['’]m| am|['’]ve always been| have always been| tend to be| consider myself)((?: (?:not|never|no))?)(?: (?:a|an|at all|really|very|quite|pretty|rather|so|too|always|usually|generally|naturally|kind of|the))*(?: \\w+ and)? (?:${words})(?: (?:person|type|kind|one|guy|woman|man|soul|by nature))?(?=[^\\w-]|$)(?! (?:about|of|today|now|right now|for|with|that|because|when|at the moment|this))`, 'i');
const RULES = (Object.entries(MARKERS) as [Trait, { readonly more: string; readonly less: string }][]).flatMap(([trait, { more, less }]) => [
  { trait, toward: 1, pattern: SELF(more) } as const,
  { trait, toward: -1, pattern: SELF(less) } as const,
]);
const HEDGED = /\b(?:sometimes|a bit|a little|maybe|today|lately|tend to)\b/i;
const REASON = /\b(?:because|so that|so i can|in order to|since i|for the sake of|it helps me|what (?:drives|motivates|keeps) me(?: going)?(?: is)?|i(?:'m| am) motivated by)\b([^.!?\n]{3,200})/gi;

/** What a message of the person's own shows of them, by rules; most show nothing or only how they write. What they quote is left aside. */
export function cuesOfMessage(message: string): ProfileCue[] {
  const own = message.replace(QUOTED, ' ');
  const style = styleOf(own);
  const reasons = [...own.matchAll(REASON)].flatMap(([whole]) => triggersIn(whole));
  const triggers = [...new Set(reasons)].map((trigger): ProfileCue => ({ kind: 'trigger', trigger }));
  return [...(style === undefined ? [] : [{ kind: 'style', style } as const]), ...traitsOf(own), ...triggers];
}

/** The style with the most signs, when it has some and more than any other. */
function styleOf(message: string): Style | undefined {
  const text = message.trim();
  if (text.split(/\s+/).length < FEWEST_WORDS) return undefined;
  const counted = (Object.entries(SIGNS) as [Style, readonly RegExp[]][]).map(([style, signs]) => ({ style, count: signs.filter((sign) => sign.test(text)).length }));
  const [first, second] = counted.sort((a, b) => b.count - a.count);
  return first !== undefined && first.count >= FEWEST_SIGNS && first.count > (second?.count ?? 0) ? first.style : undefined;
}

function traitsOf(message: string): ProfileCue[] {
  return message.split(/[.!?\n;]+/).flatMap((sentence) => {
    if (/\b(?:if|wish|want to be|would be|should be)\b/i.test(sentence)) return [];
    const weight = HEDGED.test(sentence) ? 0.5 : 1;
    return RULES.flatMap(({ trait, toward, pattern }): ProfileCue[] => {
      const found = pattern.exec(sentence);
      if (found === null) return [];
      return [{ kind: 'trait', trait, weight, toward: found[1] === '' ? toward : toward === 1 ? -1 : 1 }];
    });
  });
}
