const THINKING = /<(think|thinking|reasoning)>/i;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads the words of `reply` out of an answer that is still being written as JSON, piece by piece. Thoughts, fences and prose before the
 * object are passed over. It gives each character once, and never half of one: what a piece cuts in the middle waits for the next.
 */
export class ReplyReader {
  private waiting = '';
  private place: 'before' | 'inside' | 'reply' | 'over' = 'before';
  private depth = 0;
  /** The first half of a pair of UTF-16. */
  private half = '';

  get isOver(): boolean {
    return this.place === 'over';
  }

  /** The words that this piece adds. */
  read(piece: string): string {
    this.waiting += piece;
    if (this.place === 'before') this.findObject();
    if (this.place === 'inside') this.findReply();
    return this.place === 'reply' ? this.words() : '';
  }

  private findObject(): void {
    const thought = THINKING.exec(this.waiting);
    const start = this.waiting.indexOf('{');
    if (thought !== null && (start < 0 || thought.index < start)) {
      const end = this.waiting.toLowerCase().indexOf(`</${(thought[1] ?? '').toLowerCase()}>`, thought.index);
      if (end < 0) return;
      this.waiting = this.waiting.slice(end + 1);
      this.findObject();
      return;
    }
    if (start < 0) return;
    this.waiting = this.waiting.slice(start);
    this.place = 'inside';
  }

  /** Passes over whole tokens of the object until the reply's text begins. A string is only judged with the colon and the value behind it. */
  private findReply(): void {
    const token = /\s*(?:"((?:[^"\\]|\\.)*)"|[^"\s])/sy;
    for (;;) {
      const begin = /\s*"reply"\s*:\s*"/y.exec(this.waiting);
      if (this.depth === 1 && begin !== null) {
        this.waiting = this.waiting.slice(begin[0].length);
        this.place = 'reply';
        return;
      }
      if (this.depth === 1 && /^\s*"(?:r(?:e(?:p(?:l(?:y(?:"\s*(?::\s*)?)?)?)?)?)?)?$/.test(this.waiting)) return;
      token.lastIndex = 0;
      const next = token.exec(this.waiting);
      if (next === null) return;
      const sign = next[1] === undefined ? next[0].trim() : '';
      this.depth += '{['.includes(sign) && sign !== '' ? 1 : '}]'.includes(sign) && sign !== '' ? -1 : 0;
      this.waiting = this.waiting.slice(next[0].length);
    }
  }

  private words(): string {
    let text = '';
    let at = 0;
    while (at < this.waiting.length) {
      const char = this.waiting.charAt(at);
      if (char === '"') {
        this.place = 'over';
        break;
      }
      const [unit, length] = char === '\\' ? escapeAt(this.waiting, at) : [char, 1];
      if (length === 0) break;
      text += this.whole(unit);
      at += length;
    }
    this.waiting = this.waiting.slice(at);
    return this.isOver && this.half !== '' ? `${text}\uFFFD` : text;
  }

  /** The character that this unit completes; nothing while its other half is to come, and a sign for one that never came. */
  private whole(unit: string): string {
    const before = this.half;
    const isFirst = /[\uD800-\uDBFF]/.test(unit) && unit.length === 1;
    this.half = isFirst ? unit : '';
    return isFirst ? (before === '' ? '' : '\uFFFD') : (before + unit).toWellFormed();
  }
}

/** What the escape at a place stands for and its length; length 0 when it is not whole yet. */
function escapeAt(text: string, at: number): [string, number] {
  const sign = text.charAt(at + 1);
  if (sign === '') return ['', 0];
  if (sign !== 'u') return [ESCAPES[sign] ?? sign, 2];
  const digits = text.slice(at + 2, at + 6);
  return digits.length < 4 ? ['', 0] : [String.fromCharCode(/^[\da-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : 0xfffd), 6];
}
