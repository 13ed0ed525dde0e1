import { SaidMemory, type MemoryType } from './said-memory.js';

interface SaidRule {
  readonly type: MemoryType;
  readonly pattern: RegExp;
}

const I = "\\bi(?:['’](?:m|ve|d|ll))?\\b";
const BODY = '(?:knees?|back|shoulders?|hips?|wrists?|neck|ankles?|elbows?|heart|foot|feet|leg|eyes?)';
const TROUBLE = '(?:bad|sore|weak|injured|broken|torn|stiff|painful|chronic|arthritic)';
const PAST = '(?:finished|completed|managed|passed|ran|won|reached|got promoted|paid off|graduated|published|submitted|saved|lost|quit|wrote|built|climbed|swam|cycled|walked|learned|learnt|stopped|achieved|earned|fixed|cleaned|sold|read|did it|made it|launched)';

/** In order of exactness: the first rule that fits a sentence names its type. */
const RULES: readonly SaidRule[] = [
  { type: 'achievement', pattern: new RegExp(`^(?:(?:today|yesterday|this (?:morning|week)|last (?:night|week)|finally|just)[,\\s]+)*i(?:['’]ve| have)? (?:just |finally |already )?${PAST}\\b`, 'i') },
  { type: 'routine', pattern: new RegExp(`${I}\\s+(?:usually|always|normally|typically|mostly|tend to)\\b`, 'i') },
  { type: 'routine', pattern: /\bi (?:work|study|commute|wake up|get up|go to bed|sleep|eat|have (?:lunch|dinner|breakfast)|train|run|swim|meditate|walk|pray|read|practi[cs]e|teach|volunteer)\b.*\b(?:every|each|daily|weekdays|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:from|at|until|till) \d|nights?|shifts?|mornings|evenings|(?:times|days) a week)\b/i },
  { type: 'routine', pattern: /^(?:every|each) (?:morning|evening|night|day|week|weekday|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? i\b/i },
  { type: 'routine', pattern: /\bon (?:mon|tues|wednes|thurs|fri|satur|sun)days,? i\b/i },
  { type: 'preference', pattern: /\bi (?:really |absolutely |also |do )?(?:like|love|prefer|enjoy|hate|dislike|adore|can['’]t stand|can['’]?t eat|don['’]t (?:like|eat|drink|enjoy|want to (?:run|jump|swim))|avoid|never (?:eat|drink))\b/i },
  { type: 'preference', pattern: new RegExp(`\\b(?:i have|i['’]ve got|i['’]ve|i suffer from)\\s+(?:a |an |the |two |some )?(?:very |really |quite )?(?:${TROUBLE}\\s+\\w*\\s?${BODY}|asthma|diabetes|arthritis|an? allerg\\w+|high blood pressure|a heart condition|${BODY} (?:pain|problems?|injury|trouble))`, 'i') },
  { type: 'preference', pattern: new RegExp(`\\bmy (?:left |right |lower )?${BODY} (?:hurts?|aches?|is (?:bad|sore|weak|injured|broken|stiff|fine|better|healed)|are (?:bad|sore)|has healed|no longer)`, 'i') },
  { type: 'preference', pattern: /\bi(?:['’]m| am) (?:a |an |not a |allergic |vegan|vegetarian|pregnant|lactose|gluten|diabetic|left-handed|colou?r ?blind|(?:a )?night owl|(?:an )?early bird)(?!\s*(?:bit|little|lot)\b)/i },
  { type: 'preference', pattern: /\bi(?:['’]ve| have)? (?:just |recently |finally |now )?(?:moved|relocated) (?:back )?(?:to|in with)\b|\bi(?:['’]m| am)(?: now)? (?:based|living|working|married|engaged|divorced|widowed|single|retired)\b|\bi(?:['’]ve| have)? (?:just |recently |now )?(?:started|got|took) a (?:new )?(?:job|position) (?:at|as|with)\b/i },
  { type: 'preference', pattern: /\b[Mm]y (?:wife|husband|partner|girlfriend|boyfriend|fianc[ée]e?|boss|manager|doctor|son|daughter|mother|father|sister|brother|dog|cat) (?:is (?:called|named)|is \p{Lu}|works|lives)/u },
  { type: 'preference', pattern: /\bi (?:now |still )?(?:live|work|study) (?:in|near|at|as|for|with|from)\b|\bmy (?:favou?rite|name is|birthday is|(?:wife|husband|partner|son|daughter|mother|father|sister|brother|dog|cat)['’]?s? name is)\b/i },
  { type: 'goal', pattern: /\bi (?:really |also |still |just )?(?:want|wish|hope|plan|intend|aim)(?: to)?\b(?!\s+(?:you|it|that)\b)|\bi(?:['’]d| would) (?:really )?(?:like|love) to\b|\bmy (?:new |big |main )?(?:goal|dream|aim) is\b|\bi(?:['’]m| am) (?:trying|hoping|planning|going) to\b|\bi(?:['’]ve| have) decided to\b/i },
  { type: 'reflection', pattern: /\bi(?:['’]m| am)? ?(?:feel|felt|feeling|realis(?:e|ed)|realiz(?:e|ed)|notic(?:e|ed)|learned that|understood)\b|\btoday (?:was|i was)\b|\bi(?:['’]ve| have) been (?:feeling|so|very|really|thinking|sad|tired|stressed|happy|worried|anxious|lonely|exhausted)\b|\bi(?:['’]m| am) (?:so |very |really |quite )?(?:grateful|thankful|proud|sad|happy|tired|exhausted|stressed|overwhelmed|worried|afraid|scared|lonely|anxious|relieved|angry|frustrated|hopeful|stuck)\b/i },
];

const SENTENCE = /[^.!?\n;]+[.!?]*/g;
const PART = /(?:\s*,\s*(?:and|but|so|because)\s+|\s+(?:but|and|so)\s+(?=(?:i\b|i['’]|my )))/gi;
const QUOTED = /["“«][^"”»]{0,300}["”»]/g;
const ORDER = /^(?:please |can you |could you |would you |will you )|\bremind me\b|^(?:remember|add|create|make|schedule|plan|give|show|tell|list|delete|forget)\b/i;
const HYPOTHETICAL = /\b(?:if i|as if|would have|wish i|what if|imagine|pretend|suppose)\b/i;
const LONGEST = 500;

interface Part {
  readonly start: number;
  readonly end: number;
}

/** The sentences of a message, split where a new statement about oneself begins, with their places. */
function partsOf(message: string): Part[] {
  return [...message.matchAll(SENTENCE)].filter(([words]) => words.trim() !== '').flatMap((sentence) => {
    const bounds = [...sentence[0].matchAll(PART)].map((joint) => ({ from: joint.index, to: joint.index + joint[0].length }));
    const starts = [0, ...bounds.map(({ to }) => to)];
    const ends = [...bounds.map(({ from }) => from), sentence[0].length];
    return starts.map((start, index) => ({ start: sentence.index + start, end: sentence.index + (ends[index] ?? start) }));
  });
}

/**
 * What a message tells of the person: goals, routines, preferences, reflections and achievements, each a span of the message itself.
 * Questions, orders, quotations of others and hypotheses tell nothing. Only the person's own message is read, never an answer,
 * so that what was recalled is never remembered again.
 */
export function extractSaid(message: string): SaidMemory[] {
  const quiet = message.replace(QUOTED, (quoted) => ' '.repeat(quoted.length));
  const found = partsOf(quiet).flatMap((part) => {
    const words = quiet.slice(part.start, part.end).trim();
    if (words.length < 6 || words.length > LONGEST || words.endsWith('?') || ORDER.test(words) || HYPOTHETICAL.test(words)) return [];
    const type = RULES.find(({ pattern }) => pattern.test(words))?.type;
    const memory = type === undefined ? undefined : SaidMemory.cut(type, message, withoutStop(message, part));
    return memory === undefined ? [] : [memory];
  });
  return found.filter((memory, index) => found.findIndex((other) => other.text.toLowerCase() === memory.text.toLowerCase()) === index).slice(0, 10);
}

/** What only asks to keep it. */
const KEEP_IT = /[\s,;–-]+(?:and )?(?:please )?(?:remember (?:that|this|it)|keep (?:that|this|it) in mind|so you know|fyi)(?: please)?[\s.!]*$/i;

function withoutStop(message: string, part: Part): Part {
  let end = part.end - (KEEP_IT.exec(message.slice(part.start, part.end))?.[0].length ?? 0);
  while (end > part.start && /[\s.!,]/.test(message.charAt(end - 1))) end -= 1;
  return { start: part.start, end };
}
