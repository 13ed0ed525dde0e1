import { tokensOf } from '../search/tokens.js';

/** Facts of which a person has one at a time; those with a group have one for each thing that it names. */
const SINGLE_FACTS: readonly RegExp[] = [
  /\bi(?:['’]m| am|['’]ve| have)? (?:now |just |recently |finally )?(?:live|living|moved|relocated|based|settled)(?: down)?(?: back| away| here| over)? (?:in|to|near)\b/i,
  /\bi(?:['’]m| am|['’]ve| have)? (?:now |just |recently )?(?:work|working|started working|(?:started|got|took) a (?:new )?(?:job|position))(?: now)? (?:at|for|with)\b/i,
  /\bi(?:['’]m| am)? (?:now )?(?:work|working|started working)(?: now)? as\b/i,
  /\bi(?:['’]m| am| got|['’]ve gotten)(?: now| newly| just)? (?:single|married|engaged|divorced|widowed|in a relationship)\b/i,
  /\bi(?:['’]m| am| (?:just )?turned) (?:now )?\d{1,3}(?: years old)?\W*$/i,
  /\b(?:my name is|call me)\b/i,
  /\b[Mm]y (wife|husband|partner|girlfriend|boyfriend|boss|manager|doctor)(?:['’]s name)? is (?:called |named )?\p{Lu}/u,
  /\bi (?:now )?weigh\b/i,
  /\bi(?:['’]m| am) (?:now |a |an )*(?:vegan|vegetarian|pescatarian|omnivore)\b/i,
  /\bmy favou?rite (\w+(?: \w+)?) (?:is|are)\b/i,
  /\bmy ((?:left |right |lower )?(?:knee|back|shoulder|hip|wrist|neck|ankle|elbow|foot|leg)|job|boss|manager|doctor|landlord|address|phone(?: number)?|e-?mail|bedtime|weight) (?:is|hurts|aches)\b/i,
];

const NEGATIVE = new Set(tokensOf('not no never nothing without stop stopped quit hate dislike avoid anymore longer'));
const POSITIVE = new Set(tokensOf('like love enjoy prefer adore again now'));
/** Words that say nothing by themselves: with them and without, a statement is the same. */
const FILLERS = new Set(tokensOf('actually basically bit definitely especially indeed know lot much ok okay please really right still super totally truly usually very well yes yep'));
const NUMBER = /\p{N}/u;

/** What a statement claims, read once so that it can be compared with many. */
export interface Claim {
  readonly words: ReadonlySet<string>;
  /** The single facts it tells, by their number, with what they are about. */
  readonly facts: ReadonlyMap<number, string>;
  /** What it is about, without liking, denying or repeating. */
  readonly core: ReadonlySet<string>;
  readonly denies: boolean;
  readonly numbers: ReadonlySet<string>;
  readonly besideNumbers: ReadonlySet<string>;
}

export function claimOf(text: string): Claim {
  const words = tokensOf(text).filter((word) => !FILLERS.has(word));
  const facts = SINGLE_FACTS.flatMap((fact, number): [number, string][] => {
    const found = fact.exec(text);
    return found === null ? [] : [[number, (found[1] ?? '').toLowerCase()]];
  });
  return {
    words: new Set(words),
    facts: new Map(facts),
    core: new Set(words.filter((word) => !NEGATIVE.has(word) && !POSITIVE.has(word))),
    denies: words.filter((word) => NEGATIVE.has(word)).length % 2 === 1,
    numbers: new Set(words.filter((word) => NUMBER.test(word))),
    besideNumbers: new Set(words.filter((word) => !NUMBER.test(word))),
  };
}

/**
 * Whether two statements cannot both hold: they tell the same single fact otherwise, one denies the other, or they give
 * different numbers for the same. Rules only, no model: what they do not see stays beside what it contradicts.
 */
export function contradicts(one: Claim, other: Claim): boolean {
  return (tellSameFact(one, other) && !sameWords(one.words, other.words)) || deny(one, other) || recount(one, other);
}

function tellSameFact({ facts }: Claim, other: Claim): boolean {
  return [...facts].some(([number, about]) => other.facts.get(number) === about);
}

// "I love coffee" and "I do not like coffee"
function deny(one: Claim, other: Claim): boolean {
  return one.denies !== other.denies && one.core.size > 0 && sameWords(one.core, other.core);
}

// "I get up at 6" and "I get up at 7"
function recount(one: Claim, other: Claim): boolean {
  if (one.numbers.size === 0 || one.numbers.size !== other.numbers.size || one.besideNumbers.size === 0) return false;
  return sameWords(one.besideNumbers, other.besideNumbers) && !sameWords(one.numbers, other.numbers);
}

function sameWords(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((word) => other.has(word));
}
