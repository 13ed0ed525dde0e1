import { withoutHedges } from './hedges.js';

/** What a part of a message is. */
export type ClauseKind = 'wish' | 'command' | 'question' | 'statement';

export interface Clause {
  readonly kind: ClauseKind;
  /** The whole part as it was said. */
  readonly text: string;
  /** What is wanted, without "I want to" or "remind me to"; the text itself for questions and statements. */
  readonly body: string;
  /** Which sentence of the message it stands in: parts of one sentence share the day named at its end. */
  readonly sentence: number;
}

const POLITE = /^(?:(?:hi|hello|hey|so|well|ok(?:ay)?|please|also|then|and|but|today|selfos)\b[\s,:!]*)+/i;
const WISH = new RegExp(
  [
    "i(?:['’]d| would) (?:really |also )?(?:like|love)(?: you)? (?:to|a|an)",
    'i (?:really |also |just )?(?:want|wish|hope|plan|intend|aim)(?: to| for)?',
    "(?:my|the) (?:new )?(?:goal|dream|aim|plan|wish) is(?: to)?",
    "i(?:['’]ve| have) decided to",
    "i(?:['’]m| am) (?:trying|hoping|planning|thinking|going) (?:to|of)",
    'i (?:should|could|ought to)',
    '(?:can|could|will|would) you (?:please )?help me(?: to| with)?',
    '(?:please )?help me(?: to| with)?',
    'how (?:can|do|could|should|would) i',
    'what (?:can|should|could) i do (?:to|about|for|against)',
    "let['’]?s",
  ].join('|'),
  'i',
);
const ORDER = new RegExp(
  [
    "i (?:really |also |just )?(?:need|have|must|got|gotta)(?: to)?(?= [a-z])",
    "i(?:['’]ve| have) (?:got )?to",
    '(?:(?:can|could|will|would) you (?:please )?)?remind me (?:to|of|about)',
    '(?:(?:can|could|will|would) you (?:please )?)?(?:add|create|make|put|set up)(?: me)? (?:a |an |the )?(?:new )?(?:tasks?|reminders?|to-?dos?|habits?)(?: called| named| for me)?(?: to| for| that)?:?',
    '(?:(?:can|could|will|would) you (?:please )?)?schedule',
    'to-?do:?',
    "don['’]t let me forget (?:to )?",
  ].join('|'),
  'i',
);
const QUESTION = /^(?:what|when|where|who|whom|whose|why|which|how|do|does|did|is|are|am|was|were|can|could|have|has|will|would|should|tell me|show me|list)\b/i;
const VERBS =
  'add|apply|arrange|ask|attend|bake|book|bring|build|buy|call|cancel|change|check|choose|clean|clear|compose|cook|cut|cycle|dance|declutter|design|discuss|do|donate|draft|draw|drink|drop|eat|email|exercise|file|fill|find|finish|fix|focus|follow|get|give|go|hand in|have|hike|invite|join|journal|jog|keep|learn|leave|lift|listen|look|lose|mail|make|meditate|meet|mend|message|move|network|open|order|organi[sz]e|pack|paint|pay|phone|pick up|plan|play|practi[cs]e|pray|prepare|print|put|quit|read|record|refill|register|renew|repair|reply|research|return|review|ride|ring|run|save|schedule|sell|send|set|sew|sign|sing|sketch|sleep|sort|speak|spend|start|stop|stretch|study|submit|swim|take|talk|text|thank|tidy|track|train|transfer|try|update|visit|volunteer|wake up|walk|wash|watch|water|work|work out|write';
/** "Create a workout plan": a plan is asked for, not a task of that name. */
const PLAN_REQUEST = /^(?:give|suggest|find)(?: me)? (?:something|anything|an idea)\b|^(?:i(?:['’]d like| want| need) |(?:can|could) you (?:please )?)?(?:create|make|give|build|design|write|draw up|suggest)?\s?(?:me |us )?(?:a|an|my|some)\b[^.]{0,40}\b(?:plan|routine|program(?:me)?)\b/i;
/** Commands that name an aim and not a task: "reduce my screen time", "learn to paint". */
const ASPIRATION =
  /^(?:get (?:in shape|fit(?:ter)?|better|healthier|stronger|out of|rid of|more|certified|\w+ certified)|stop|quit|reduce|cut (?:down|back)|improve|be(?:come)?|overcome|find (?:inner|more|peace|meaning|purpose|a new job)|train for|learn (?:to|how|the|a|an|\w+$)|keep a|reconnect|start (?:\w+ing|my own|a business)|sleep|eat (?:better|more|less|health)|exercise|meditate|save|wake up earlier|practi[cs]e mindfulness|lower|build (?:a habit|an emergency|muscle|up)|pay off|relax|lose|no more|less|more|fewer)\b|^[a-z]+ (?:\w+ ){0,4}(?:more|less)(?: often)?$/i;
/** "Remind me at noon to stretch" */
const REMINDER = /^(?:(?:can|could|will|would) you (?:please )?)?remind me (?<when>(?!to |of |about ).{2,60}?) to (?<what>.{3,})$/i;
/** "I have an exam in two weeks": what is ahead asks to be prepared for. */
const AHEAD = /^i(?:['’]ve| have)(?: got)? (?:an?|my|the) (?<event>(?:[\w-]+ ){0,2}(?:exam|test|interview|presentation|race|deadline|audition|competition|marathon|speech)\b.*)/i;
/** "My doctor says I should": the advice of others that the person passes on. */
const ADVISED = /^my [a-z]+ (?:says|said|thinks|told me|wants me|recommends|recommended)(?: that)? (?=i\b)/i;
const REQUEST = new RegExp(`^(?:can|could|will|would) you (?:please |also |maybe )*(?=(?:${VERBS}|give|suggest|create|design|add|remind|help)\\b)(?!help me\\s*\\?*$)`, 'i');
/** "What workout should I do tomorrow?" asks for a plan, not for knowledge. */
const ADVICE = /^(?:what|which)(?: kind of)?(?: (?<thing>[\w -]{2,30}?))? (?:should|could|can|shall) i (?:do|try|start with|take|practi[cs]e)\b(?! (?:to|about|for|against)\b)(?<rest>[^?]*)\??$/i;
const STARTS_WITH_VERB = new RegExp(`^(?:${VERBS})\\b`, 'i');
const SELF = /^(?:i|i['’]m|i['’]ve|i['’]ll|my|we|it|he|she|they|there|today|yesterday|this|that|thanks?|thank you|yes|no(?=[\s,.!]*$|,| thanks)|the|our)\b/i;
const JOINT = new RegExp(`(?:,\\s*(?:and\\s+|then\\s+|also\\s+)+|\\s+and\\s+(?:also\\s+|then\\s+)?|\\s+then\\s+|,\\s*)(?=(?:(?:i (?:want|need|have|should|would)|i['’]d|remind me|please)\\b|(?:${VERBS})\\b(?!\\s+(?:time|out|up)\\b)))`, 'gi');

/** Splits a message into the parts that ask for, tell or want something, in order. */
export function clausesOf(message: string): Clause[] {
  const sentences = message.split(/(?<=[.!?])(?<!\b(?:dr|mr|mrs|ms|st|prof|vs|etc|e\.g|i\.e|a\.m|p\.m)\.)\s+|[\n;]+/i).map((part) => part.trim()).filter((part) => part !== '');
  return sentences.flatMap((text, sentence) => partsWithKinds(text).map((clause) => ({ ...clause, sentence }))).filter((clause) => clause.body !== '');
}

/** "I want to sleep better and eat well": what follows a wish in its sentence is one too. */
function partsWithKinds(sentence: string): Omit<Clause, 'sentence'>[] {
  const clauses = partsOf(sentence).map(clauseOf);
  const wished = clauses[0]?.kind === 'wish';
  return clauses.map((clause) => (wished && clause.kind === 'command' ? { ...clause, kind: 'wish' } : clause));
}

function partsOf(sentence: string): string[] {
  if (QUESTION.test(sentence.replace(POLITE, '')) && !WISH.test(sentence)) return [sentence];
  return sentence.split(JOINT).map((part) => part.trim()).filter((part) => part !== '');
}

function startsWith(pattern: RegExp, text: string): string | undefined {
  const match = pattern.exec(text);
  return match?.index === 0 && /^(?:[\s:,]|$)/.test(text.slice(match[0].length)) ? match[0] : undefined;
}

type Reading = Pick<Clause, 'kind' | 'body'>;
type Reader = (plain: string) => Reading | undefined;

const reading = (kind: ClauseKind, body: string): Reading => ({ kind, body });

/** What a part may be, in the order in which it is tried; the last one always knows. */
const READERS: readonly Reader[] = [
  (plain) => {
    const event = AHEAD.exec(plain)?.groups?.['event'];
    return event === undefined ? undefined : reading('command', `Prepare for the ${event}`);
  },
  (plain) => {
    const advice = ADVICE.exec(plain)?.groups;
    return advice === undefined ? undefined : reading('wish', `${advice['thing'] ?? 'suggest something'}${advice['rest'] ?? ''}`);
  },
  (plain) => (PLAN_REQUEST.test(plain) ? reading('wish', plain) : undefined),
  (plain) => {
    const reminder = REMINDER.exec(plain)?.groups;
    return reminder === undefined ? undefined : reading('command', `${reminder['what'] ?? ''} ${reminder['when'] ?? ''}`);
  },
  (plain) => {
    const task = restAfter(ORDER, plain);
    return task === undefined || !STARTS_WITH_VERB.test(task) ? undefined : reading(ASPIRATION.test(task) ? 'wish' : 'command', task);
  },
  (plain) => {
    const wish = restAfter(WISH, plain);
    return wish === undefined || /^i (?:wish|hope) (?!to\b)/i.test(plain) ? undefined : reading('wish', wish.replace(/\?$/, ''));
  },
  (plain) => {
    const task = restAfter(ORDER, plain);
    return task === undefined || !/\b(?:remind|tasks?|reminders?|schedule|to-?do|forget)\b/i.test(plain) ? undefined : reading('command', task);
  },
  (plain) => {
    if (plain.endsWith('?')) return reading('question', plain);
    return QUESTION.test(plain) ? reading(STARTS_WITH_VERB.test(plain) ? 'command' : 'question', plain) : undefined;
  },
  (plain) => (ASPIRATION.test(plain) ? reading('wish', plain) : undefined),
];

function clauseOf(text: string): Omit<Clause, 'sentence'> {
  const plain = withoutRequest(withoutHedges(text.replace(POLITE, '').replace(ADVISED, '').replace(/[\s.!]+$/, '')));
  for (const read of READERS) {
    const found = read(plain);
    if (found !== undefined) return { ...found, text };
  }
  return { kind: STARTS_WITH_VERB.test(plain) || !SELF.test(plain) ? 'command' : 'statement', text, body: plain };
}

/** "Can you plan my workout?" is an order with a bow. */
function withoutRequest(plain: string): string {
  return REQUEST.test(plain) ? plain.replace(REQUEST, '').replace(/[\s?]+$/, '') : plain;
}

/** What follows the pattern at the start of the text; undefined when it does not start there. */
function restAfter(pattern: RegExp, text: string): string | undefined {
  const prefix = startsWith(pattern, text);
  return prefix === undefined ? undefined : text.slice(prefix.length).replace(/^[\s:,]+/, '');
}

export function startsWithVerb(text: string): boolean {
  return STARTS_WITH_VERB.test(text);
}
