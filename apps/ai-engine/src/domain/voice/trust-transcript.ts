import type { Loudness } from './loudness.js';

/** What an engine says it heard. */
export interface Transcript {
  readonly text: string;
  readonly segments?: readonly Segment[] | undefined;
}

/** A part of it, with the engine's own doubts, where it tells them (verbose_json of Whisper). */
export interface Segment {
  readonly text: string;
  readonly noSpeechProb: number;
  readonly avgLogprob: number;
}

/** Whisper's own rule for what is no speech: it thinks so, and was not sure of its words either. */
const [NO_SPEECH, UNSURE, SURELY_NONE] = [0.6, -1, 0.9];
/** The same words again and again, at least this often, are a model that hangs. */
const MOST_REPEATS = 4;
/** So little sound carries no sentence. */
const SHORT_SPEECH_SECONDS = 1;

/** What engines write when they hear nothing: the credits of the films they learned from. */
const INVENTED: readonly RegExp[] = [
  /^(?:thanks?(?: you)?(?: (?:so|very) much)? for (?:watching|listening|viewing|your attention)|please (?:like and )?subscribe|(?:don['’]t forget to )?(?:like|subscribe)(?: (?:and|to|for|below)\b.{0,40})?|see you (?:in the )?next (?:time|video)|thank you(?: very much)?|bye(?:[- ]bye)?|you|so|okay|hmm+|uh+|the end)$/i,
  /^(?:sub(?:title)?s|captions?|transcri(?:bed|ption|pt)|translat(?:ed|ion)) (?:by|from)\b.*$|\bamara\.org\b|^(?:www\.)?[\w-]+\.(?:com|org|net)$/i,
  /^(?:untertitel(?:ung)?\b.*|vielen dank(?: fürs? zuschauen)?|danke(?: fürs zuschauen| schön)?|bis zum nächsten mal)$/i,
  /^(?:sous-titr\w+\b.*|merci (?:d['’]avoir regardé.*|à tous.*|beaucoup)?|abonnez-vous.*)$/i,
  /^(?:subt[ií]tulos?\b.*|gracias(?: por ver.*)?|¡?suscr[ií]bete.*|legendas?\b.*|obrigad[oa](?: por assistir.*)?|sottotitoli\b.*|grazie(?: per la visione.*)?)$/i,
  /^(?:ご視聴ありがとうございました|字幕.*|谢谢(?:观看|大家)?|請訂閱.*|请.*订阅.*|시청해\s*주셔서\s*감사합니다|продолжение следует|субтитры.*|спасибо за просмотр)$/i,
  /^[\s\p{P}\p{S}♪♫]*$|^[[(（][^\])）]*[\])）]$/u,
];

/**
 * The words that somebody may really have said; empty when they are more likely the engine's own. With a sound to judge by, phrases that
 * engines invent only fall where there was hardly any speech; without one, they fall where the engine itself was in doubt or said nothing else.
 */
export function trustedWords({ text, segments }: Transcript, loudness: Loudness | undefined): string {
  const kept = segments === undefined ? text : segments.filter((segment) => !isNoSpeech(segment)).map((segment) => segment.text).join('');
  const words = withoutRepeats(kept.replace(/\s+/g, ' ').trim());
  const isQuiet = loudness === undefined || loudness.loudSeconds < SHORT_SPEECH_SECONDS;
  return isQuiet && isInvented(words) ? '' : words;
}

function isNoSpeech({ noSpeechProb, avgLogprob }: Segment): boolean {
  return noSpeechProb > SURELY_NONE || (noSpeechProb > NO_SPEECH && avgLogprob < UNSURE);
}

function isInvented(words: string): boolean {
  const sentences = words.split(/(?<=[.!?])\s+|(?<=[。！？])\s*/).map((one) => one.replace(/[\s.!?…。！？]+$/u, '')).filter((one) => one !== '');
  return sentences.every((sentence) => INVENTED.some((pattern) => pattern.test(sentence)));
}

/** A run of the same one to eight words is said once. */
function withoutRepeats(text: string): string {
  const once = text.replace(new RegExp(`((?:\\S+\\s+){0,7}?\\S+?)(?:[\\s,.]+\\1){${MOST_REPEATS - 1},}`, 'giu'), '$1');
  return once.replace(new RegExp(`(\\p{L}{1,12}?)\\1{${MOST_REPEATS * 2},}`, 'gu'), '$1');
}
