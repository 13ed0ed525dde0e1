/** The end of a sentence with the space behind it, or of a line. */
const SENTENCE_END = /[.!?…]["'”’)\]]*(?=\s)|[。！？]|(?=\n)/g;

export interface Shown {
  /** Makes a text fit to be seen: the same as what the whole reply goes through. */
  check(text: string): string;
  /** Shows the next piece. */
  show(piece: string): void;
}

/**
 * A reply on its way to the person: sentence by sentence, each checked with all before it, and never a word of it that could still be taken
 * back. Where a check changes what was seen already, nothing more is shown: the whole reply says it then.
 */
export class LiveReply {
  private heard = '';
  private released = 0;
  private seen = '';
  private isHalted = false;

  constructor(private readonly shown: Shown) {}

  /** What the person has seen so far. */
  get words(): string {
    return this.seen;
  }

  get isShown(): boolean {
    return this.seen !== '';
  }

  add(text: string): void {
    this.heard = this.heard === '' ? text.trimStart() : this.heard + text;
    const ends = [...this.heard.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
    this.release(ends.at(-1) ?? 0);
  }

  /** The reply is whole. */
  close(): void {
    this.release(this.heard.trimEnd().length);
  }

  /** What was heard and not shown is forgotten: another model begins anew. */
  drop(): void {
    this.heard = this.heard.slice(0, this.released);
  }

  private release(end: number): void {
    if (end <= this.released || this.isHalted) return;
    this.released = end;
    const checked = this.shown.check(this.heard.slice(0, end).trimEnd());
    this.isHalted = !checked.startsWith(this.seen);
    if (this.isHalted) return;
    const piece = checked.slice(this.seen.length);
    this.seen = checked;
    if (piece !== '') this.shown.show(piece);
  }
}
