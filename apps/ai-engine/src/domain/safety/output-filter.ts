/** What is put where a link was. */
export const LINK_REMOVED = '‹link removed›';

/** Links that may stand: whole addresses, as they are written. */
export type AllowedLinks = ReadonlySet<string>;

/** Letters that show nothing or turn the order of the others; a joiner inside an emoji stays. */
const INVISIBLE = /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e01ef}]/gu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;
/** Letters that browsers read as the ASCII ones: one unit each, so that places stay. */
const LOOKALIKE: Readonly<Record<string, string>> = {
  '。': '.', '．': '.', '｡': '.', '․': '.', '‧': '.', '∕': '/', '⁄': '/', '／': '/', '⧸': '/', '╱': '/', '：': ':', '﹕': ':', '∶': ':', 'ː': ':', '꞉': ':', '？': '?', '＝': '=', '＆': '&', '＃': '#', '＠': '@',
  'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'х': 'x', 'у': 'y', 'і': 'i', 'ѕ': 's', 'һ': 'h', 'ԁ': 'd', 'т': 't', 'ο': 'o', 'ν': 'v', 'ρ': 'p', 'τ': 't', 'ѡ': 'w', 'ԝ': 'w',
};
const LOOKS = new RegExp(`[${Object.keys(LOOKALIKE).join('')}\\uff01-\\uff5e]`, 'g');

const IMAGE = /!\s*\[([^\]\n]{0,300})\]\s*(?:\([^)\n]{0,3000}\)?|\[[^\]\n]{0,300}\]?)?/g;
const INLINE_LINK = /\[([^\]\n]{0,300})\]\s*\([^)\n]{0,3000}\)?/g;
const REFERENCE = /^[ \t>]*\[[^\]\n]{1,300}\]:[^\n]*$/gm;
const REFERENCE_LINK = /\[([^\]\n]{1,300})\]\[[^\]\n]{0,300}\]?/g;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const TAG = /<[/!?]?[a-zA-Z][^<>]{0,3000}(?:>|(?=<)|$)|<[a-zA-Z][^<>\s]*:[^<>]{0,3000}>?/g;
const ENTITY = /&(?:#x(?<hex>[0-9a-f]{1,6})|#(?<number>\d{1,7})|(?<name>colon|sol|bsol|period|quest|equals|amp|commat|num|percnt|lt|gt|newline|tab|lpar|rpar|lsqb|rsqb|lbrack|rbrack|excl|hyphen|dash|shy));?/gi;
const NAMED: Readonly<Record<string, string>> = { colon: ':', sol: '/', bsol: '\\', period: '.', quest: '?', equals: '=', amp: '&', commat: '@', num: '#', percnt: '%', lt: '<', gt: '>', newline: '\n', tab: '\t', lpar: '(', rpar: ')', lsqb: '[', rsqb: ']', lbrack: '[', rbrack: ']', excl: '!', hyphen: '-', dash: '-', shy: '' };
const LAST_CODE_POINT = 0x10ffff;
/** A word with a space after each of its letters. */
const SPACED = /(?<!\S)(?:\S[ \t\u00a0]{1,3}){7,}\S(?!\S)/g;
/** Left where a picture stood in the words of another. */
const BEGUN_IMAGE = /!+\[/g;
const DANGLING = /\]\s*\([^)\n]{0,3000}\)?/g;

const SCHEMES = 'h\\s?[xt]\\s?[xt]\\s?p\\s?s?|f\\s?t\\s?p|wss?|data|javascript|vbscript|file|blob|mailto|tel|sms|intent|ipfs|magnet|gopher|ldap|smb|about|chrome|view-source|selfos';
const DOT = '(?:\\.|\\[\\.\\]|\\(\\.\\)|\\{\\.\\}|\\s?\\(dot\\)\\s?|\\s?\\[dot\\]\\s?)';
const TLD = 'com|net|org|info|biz|io|dev|app|xyz|co|ai|me|ru|cn|tk|ml|ga|cf|top|site|online|website|link|click|live|store|shop|club|page|cloud|zip|mov|sh|ly|gl|gg|to|tv|cc|ws|eu|de|fr|uk|es|nl|pl|ch|at|us|ca|example|test|invalid|localhost|local|internal|onion|lan';
/** Everything that a reader, a browser or a chat may take for an address, as far as it goes. */
const ADDRESSES: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}\\d])(?:${SCHEMES})\\s{0,3}:\\s{0,3}(?:[/\\\\]\\s?){2,}[^\\s<>"'“”‹›]*(?:\\s[^\\s<>"'“”‹›]*[./?=&%][^\\s<>"'“”‹›]*)*`, 'giu'),
  /(?<![\p{L}\d])(?:data|javascript|vbscript|mailto|tel|sms|blob|intent|magnet|file|view-source)\s{0,2}:\s{0,2}(?=\S)(?:(?!\s)[^<>"'“”‹›]){3,}/giu,
  /(?<![\p{L}\d])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"'“”‹›]*/giu,
  /(?<![:\p{L}\d])\/\/[\p{L}\d-]+(?:\.[\p{L}\d-]+)+[^\s<>"'“”‹›]*/giu,
  new RegExp(`(?<![\\p{L}\\d@])www\\s?${DOT}\\s?[^\\s<>"'“”‹›]+`, 'giu'),
  new RegExp(`(?<![\\p{L}\\d])(?:[\\p{L}\\d_-]{1,63}${DOT})+(?:${TLD})\\b(?::\\d{1,5})?(?:[/?#][^\\s<>"'“”‹›]*)?`, 'giu'),
  new RegExp(`(?<![\\p{L}\\d])(?:[\\p{L}\\d_-]{1,63}\\.)+[\\p{L}\\d-]{2,63}(?::\\d{1,5}|(?=[/?#]))[/?#][^\\s<>"'“”‹›]*`, 'giu'),
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:[/?#][^\s<>"'“”‹›]*)?/g,
  /(?<![\p{L}\d])[^\s<>"'“”‹›]*[?&][\w.[\]-]{1,60}=[^\s<>"'“”‹›]*/giu,
  /(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
];
const MOST_ROUNDS = 8;
/** What is left of a text that does not come to rest: letters, digits and stops. */
const NO_PROSE = /[^\p{L}\p{N}\s.,;!?'’“”•%-]/gu;
const TRAILING = /[.,;:!?)\]}'"’”*_]+$/;

/**
 * A model's words without anything that fetches or leads elsewhere: images, links in every notation, addresses that are split, spelt with
 * other letters or hidden, HTML and comments. Whole addresses of `allowed` stay. Applied to itself it changes nothing. The text is
 * treated piece by piece (see `settledLength`), so that the beginning of a running answer is filtered as it will be in the whole.
 */
export function filterOutput(text: string, allowed: AllowedLinks = new Set()): string {
  return piecesOf(text).map((piece) => filterPiece(piece, allowed)).join('');
}

/** How much of a running answer is whole pieces already: what may be shown while the rest still comes. */
export function settledLength(text: string): number {
  const pieces = piecesOf(text);
  return text.length - (pieces.at(-1)?.length ?? 0);
}

/** Ends of sentences, after a word of two letters at least, and of lines. An answer is cut nowhere else. */
const PIECE = /[\s\S]*?(?:(?<=\S\S)[.!?…]["”’)]*\s+(?=\S)|\n+(?=[^\n]))|[\s\S]+$/g;

function piecesOf(text: string): string[] {
  return text.match(PIECE) ?? [];
}

/** Taking one thing out may bring another about: it goes on until nothing is left to take. */
function filterPiece(piece: string, allowed: AllowedLinks): string {
  const end = /\s*$/.exec(piece)?.[0] ?? '';
  const body = piece.slice(0, piece.length - end.length);
  let text = body;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = filterOnce(text, allowed);
    if (next === text) return `${text === body ? text : text.trimEnd()}${end}`;
    text = next;
  }
  return `${text.replace(NO_PROSE, '')}${end}`;
}

function filterOnce(text: string, allowed: AllowedLinks): string {
  const kept = new Map<string, string>();
  const guarded = guard(unspaced(decoded(text).replace(INVISIBLE, '').replace(CONTROL, '')), allowed, kept);
  const plain = guarded
    .replace(COMMENT, '').replace(REFERENCE, '').replace(IMAGE, '$1').replace(INLINE_LINK, '$1').replace(REFERENCE_LINK, '$1')
    .replace(TAG, ' ').replace(DANGLING, ']').replace(BEGUN_IMAGE, '[');
  const bare = ADDRESSES.reduce((words, pattern) => withoutAddresses(words, pattern), plain);
  const shown = [...kept].reduce((words, [mark, link]) => words.replaceAll(mark, link), bare);
  return shown === text ? shown : shown.replace(/[ \t]{2,}/g, ' ').trimEnd();
}

/** Letters that are written as what a browser makes letters of. */
function decoded(text: string): string {
  return text.replace(ENTITY, (...match) => {
    const { hex, number, name } = match.at(-1) as { readonly hex?: string; readonly number?: string; readonly name?: string };
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? ' ';
    const code = hex === undefined ? Number(number) : parseInt(hex, 16);
    return code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : ' ';
  });
}

/** Takes out words that are spaced so that nobody sees the address in them. */
function unspaced(text: string): string {
  return text.replace(SPACED, (run) => {
    const word = decoded(run.replace(/\s/g, ''));
    return ADDRESSES.some((pattern) => asAscii(word).search(pattern) >= 0) ? LINK_REMOVED : run;
  });
}

/** Puts allowed links aside behind marks that no pattern touches. */
function guard(text: string, allowed: AllowedLinks, kept: Map<string, string>): string {
  let guarded = text;
  for (const link of allowed) {
    if (!guarded.includes(link)) continue;
    const mark = `\ue000${kept.size}\ue001`;
    const next = guarded.split(link).reduce((before, after) => (/^[^\s.,;:!?)\]}>"'”’*_]/.test(after) ? `${before}${link}${after}` : `${before}${mark}${after}`));
    if (next !== guarded) kept.set(mark, link);
    guarded = next;
  }
  return guarded;
}

function asAscii(text: string): string {
  return text.replace(LOOKS, (letter) => LOOKALIKE[letter] ?? String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
}

function withoutAddresses(text: string, pattern: RegExp): string {
  const read = asAscii(text);
  let out = '';
  let from = 0;
  for (const match of read.matchAll(pattern)) {
    const tail = TRAILING.exec(match[0])?.[0].length ?? 0;
    out += `${text.slice(from, match.index)}${LINK_REMOVED}`;
    from = match.index + match[0].length - tail;
  }
  return `${out}${text.slice(from)}`;
}

/** The addresses that somebody typed: theirs to see again. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(/\bhttps?:\/\/[^\s<>"'“”)\]]+/gi)].map(([link]) => link.replace(TRAILING, ''));
}
