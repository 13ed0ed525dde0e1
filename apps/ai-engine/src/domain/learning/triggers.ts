import type { ProfileCue } from '@selfos/contracts';

type Trigger = Extract<ProfileCue, { readonly kind: 'trigger' }>['trigger'];

/** The words by which somebody names what moves them. */
const WORDS: readonly (readonly [Trigger, RegExp])[] = [
  ['progress', /\b(?:progress|streaks?|improv\w+|get(?:ting)? better|personal best|milestones?|in a row|habit|level up)\b/i],
  ['reward', /\b(?:rewards?|treat (?:myself|me)|as a treat|bonus|prize|deserve)\b/i],
  ['deadline', /\b(?:deadlines?|due (?:on|by|date)|before (?:the|my) (?:exam|test|wedding|trip|move|race|launch)|run(?:ning)? out of time)\b/i],
  ['company', /\b(?:with (?:my )?(?:friends?|team|colleagues?|class|group|club|buddy|[A-Z][a-z]+)|together|meet people|not alone|company)\b/],
  ['competition', /\b(?:compet\w+|win(?:ning)?|beat|challenge|rank(?:ing)?|tournament|race against)\b/i],
  ['health', /\b(?:health\w*|fit(?:ter|ness)?|pain|sleep better|weight|energy|doctor|live longer|strong(?:er)?)\b/i],
  ['family', /\b(?:kids?|child(?:ren)?|sons?|daughters?|wife|husband|partner|mum|mom|mother|dad|father|parents?|family|grand\w+)\b/i],
  ['learning', /\b(?:learn\w*|understand|curious|curiosity|knowledge|skills?|study|know more)\b/i],
  ['money', /\b(?:money|sav(?:e|ing)s?|debts?|salary|afford|pay (?:off|for|rise)|income|promotion)\b/i],
  ['calm', /\b(?:calm\w*|relax\w*|stress\w*|peace(?:ful)?|unwind|quiet|less anxious|clear (?:my|the) head)\b/i],
  ['meaning', /\b(?:meaning\w*|purpose|faith|god|give back|help (?:others|people)|matters? to me|grateful|spiritual)\b/i],
  ['order', /\b(?:tidy|organi[sz]ed?|clutter|clean (?:home|house|desk)|in control|structure)\b/i],
];

/** What is named, each once, in a fixed order. */
export function triggersIn(text: string): Trigger[] {
  return WORDS.filter(([, words]) => words.test(text)).map(([trigger]) => trigger);
}
