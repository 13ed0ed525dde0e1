import { keyedHash, toBase64Url, type HmacKey } from '@selfos/crypto';

const MARK = /^(\d{1,7})-(\d{1,7})-([A-Za-z0-9_-]{16})$/;
const DIGEST_CHARS = 16;

/** How far a client had come with a live answer: what it says in `Last-Event-ID` (WHATWG HTML §9.2). */
export interface Mark {
  /** Characters of the answer's text. */
  readonly chars: number;
  /** Keyed hash of that text: at any gateway it tells whether another telling of the answer begins alike. */
  readonly digest: string;
}

export function parseMark(header: unknown): Mark | undefined {
  const [, , chars, digest] = (typeof header === 'string' && MARK.exec(header)) || [];
  return chars === undefined || digest === undefined ? undefined : { chars: Number(chars), digest };
}

/** Makes the ids of frames, `<frame>-<characters>-<hash of the text so far>`, and tells which text a mark belongs to. */
export class Marks {
  constructor(private readonly key: HmacKey) {}

  async id(frame: number, text: string): Promise<string> {
    return `${frame}-${text.length}-${await this.digestOf(text)}`;
  }

  async fits({ chars, digest }: Mark, text: string): Promise<boolean> {
    return chars <= text.length && (await this.digestOf(text.slice(0, chars))) === digest;
  }

  private async digestOf(text: string): Promise<string> {
    return toBase64Url(await keyedHash(this.key, 'live-answer', text)).slice(0, DIGEST_CHARS);
  }
}
