/** Words that say nothing of what a thing is about. */
const EMPTY_WORDS = new Set(
  ('a an the my our your his her its this that these those it them all any some of to for from in on at by with and or then also just i me we you he she they is are was were be been am do does did done ' +
    'have has had having got get go goes going went will would should could can shall not no more most so too very really please task tasks reminder reminders goal goals habit habits thing things item items todo minute minutes min mins hour hours ' +
    'today tomorrow yesterday tonight week weeks day days time times morning evening afternoon night daily weekly every each other next last now about new session sessions one').split(' '),
);
const BASE: Readonly<Record<string, string>> = {
  ran: 'run', swam: 'swim', wrote: 'write', written: 'write', paid: 'pay', bought: 'buy', sent: 'send', took: 'take', taken: 'take', made: 'make', met: 'meet', spoke: 'speak', sang: 'sing', rode: 'ride', ate: 'eat', drank: 'drink',
  slept: 'sleep', drew: 'draw', built: 'build', rang: 'ring', gave: 'give', told: 'tell', kept: 'keep', fed: 'feed', held: 'hold', taught: 'teach', sold: 'sell', woke: 'wake', won: 'win', lost: 'lose', left: 'leave',
  mom: 'mother', mum: 'mother', mama: 'mother', dad: 'father', papa: 'father', practice: 'practise', practicing: 'practise', practiced: 'practise', jog: 'run', jogged: 'run', jogging: 'run',
};
const ACTIVITY = /\b(?:run|jog|work(?:ing)? ?outs?|train(?:ing)?|exercis\w*|gym|strength|yoga|pilates|swim|ride|cycl\w+|walk|hike|stretch\w*)\b/i;
const ANY_ACTIVITY = /\b(?:work(?:ing)? ?outs?|exercis\w*|train(?:ed|ing)?|sports?|moves?)\b/i;

function stem(word: string): string {
  const base = BASE[word] ?? word;
  const bare = base.replace(/(?<=\w{3})s$/, '').replace(/(?<=\w{3})(?:ing|ed)$/, '');
  const single = bare === base ? bare : bare.replace(/([bdgmnprt])\1$/, '$1');
  return single.replace(/e$/, '').replace(/y$/, 'i');
}

/** What a text is about, as the stems of its words, each once. */
export function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}][\p{L}'’]*/gu) ?? [];
  return [...new Set(words.filter((word) => !EMPTY_WORDS.has(word.replace(/['’]s$/, ''))).map((word) => stem(word.replace(/['’]s$/, ''))))];
}

interface Titled {
  readonly title: string;
}

interface Scored<T> {
  readonly item: T;
  readonly score: number;
}

/** How much of what was said the title holds, 0 to 1, and a little for how much of the title was said. */
function scoreOf(said: readonly string[], title: string): number {
  const words = stemsOf(title);
  const common = said.filter((word) => words.includes(word)).length;
  return common === 0 ? 0 : common / said.length + (0.1 * common) / words.length;
}

/** The items whose titles the words name, best first: those that fit as well as the best one, when it fits well enough. */
export function named<T extends Titled>(words: string, items: readonly T[], least = 0.5): T[] {
  const said = stemsOf(words);
  if (said.length === 0) return [];
  const scored: Scored<T>[] = items.map((item) => ({ item, score: scoreOf(said, item.title) })).filter(({ score }) => score >= least);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const found = scored.filter(({ score }) => score > best - 0.05).map(({ item }) => item);
  return found.length > 0 ? found : activities(words, items);
}

/** "Workouts" means every kind of movement, whatever the titles say. */
export function activities<T extends Titled>(words: string, items: readonly T[]): T[] {
  return ANY_ACTIVITY.test(words) ? items.filter(({ title }) => ACTIVITY.test(title)) : [];
}

/** Every item that shares a word with the topic; for a question about all of a kind. */
export function allNamed<T extends Titled>(words: string, items: readonly T[]): T[] {
  const said = stemsOf(words);
  const kinds = activities(words, items);
  return items.filter((item) => kinds.includes(item) || (said.length > 0 && scoreOf(said, item.title) >= 0.5));
}
