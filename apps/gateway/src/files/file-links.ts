import { signToken, verifyToken, type KeyFolder } from '@selfos/crypto';
import { isUuid } from '@selfos/kernel';
import { LinkNotValid } from '../gateway.errors.js';

const TYPE = 'file+jwt';
const ISSUER = 'gateway';
const AUDIENCE = 'selfos-files';
const LIFETIME_SECONDS = 3600;
const FILE_PATH = /^\/api\/v1\/stories\/([0-9a-f-]{36})\/files\/([a-z]+)$/;

/** A file of a story, and whose. */
export interface LinkedFile {
  readonly userId: string;
  readonly storyId: string;
  readonly name: string;
}

/** Makes and checks links to a person's files: whoever has the link may read that one file for an hour, without signing in. */
export class FileLinks {
  constructor(
    private readonly keys: KeyFolder,
    private readonly publicUrl: string,
  ) {}

  /** What to show for each inner path in an answer; links are made before, because opening an answer asks for them synchronously. */
  async forAnswer(userId: string, answer: unknown): Promise<(path: string) => string> {
    const paths = [...new Set(textsOf(answer).filter((text) => FILE_PATH.test(text)))];
    const links = await Promise.all(paths.map(async (path) => [path, await this.link(userId, path)] as const));
    const byPath = new Map(links);
    return (path) => byPath.get(path) ?? path;
  }

  /** @throws LinkNotValid unless the token is ours, in time and for exactly this file */
  async check(token: string, file: Omit<LinkedFile, 'userId'>): Promise<LinkedFile> {
    const key = await this.keys.publicKey(ISSUER);
    try {
      const claims = await verifyToken(token, { typ: TYPE, issuer: ISSUER, audience: AUDIENCE, keys: key === undefined ? [] : [key], required: ['sub', 'story', 'file'] });
      const { sub } = claims;
      if (isUuid(sub) && claims['story'] === file.storyId && claims['file'] === file.name) return { userId: sub, ...file };
    } catch (cause) {
      throw new LinkNotValid({ cause });
    }
    throw new LinkNotValid();
  }

  private async link(userId: string, path: string): Promise<string> {
    const [, story, file] = FILE_PATH.exec(path) ?? [];
    const token = await signToken(await this.keys.signingKey(ISSUER), { typ: TYPE, issuer: ISSUER, audience: AUDIENCE, subject: userId, lifetimeSeconds: LIFETIME_SECONDS, claims: { story, file } });
    return `${this.publicUrl.replace(/\/$/, '')}${path}?token=${token}`;
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
