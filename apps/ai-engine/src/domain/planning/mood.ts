const LOW_WORDS =
  'sad|down|low|tired|exhausted|drained|stressed|anxious|overwhelmed|depressed|lonely|unmotivated|burn(?:ed|t)[ -]?out|bad|terrible|awful|hopeless|weak|sick|ill|frustrated|worried|sleepy|empty|miserable|worn out|meh';
const LOW_MOOD = new RegExp(`\\b(?:${LOW_WORDS})\\b(?! of\\b)`, 'i');
const LOW_SENTENCE = new RegExp(`\\bi(?:['’]m| am| feel| am feeling|['’]m feeling|['’]ve been(?: feeling)?)\\s+(?:so |very |really |a bit |quite |too |rather )*(?:${LOW_WORDS})\\b(?! of\\b)`, 'i');
const NEGATED = /\b(?:not|no longer|isn['’]t|never)\s+(?:so |very |too )?\w+$/i;
const GOOD = /\b(?:happy|glad|great|good|motivated|excited|grateful|proud|calm|energi[sz]ed|hopeful|rested|well)\b/i;
/** Words that no plan answers. */
const CRISIS = /\b(?:kill myself|killing myself|suicid(?:e|al)|end my life|end it all|don['’]t want to (?:live|be alive)|want to die|hurt myself|harm myself|self[- ]harm)\b/i;

/** The word for the mood when it is low, else undefined. */
export function lowMood(message: string, currentMood: string | undefined): string | undefined {
  const said = LOW_SENTENCE.exec(message)?.[0].split(' ').slice(-1)[0];
  const named = currentMood === undefined || NEGATED.test(currentMood) ? undefined : LOW_MOOD.exec(currentMood)?.[0];
  return named?.toLowerCase() ?? said?.toLowerCase();
}

export function isCrisis(message: string): boolean {
  return CRISIS.test(message);
}

/** A rough feeling of a sentence, -1 to 1, from its words alone. */
export function sentimentOf(message: string, currentMood: string | undefined): number {
  const text = `${message} ${currentMood ?? ''}`;
  if (isCrisis(text)) return -1;
  const low = lowMood(message, currentMood) === undefined ? 0 : 0.6;
  return (GOOD.test(text) ? 0.5 : 0) - low;
}
