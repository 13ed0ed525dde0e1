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

  /** What to show instead of a file's inner path; what is no file of a story stays as it is. */
  async of(userId: string, path: string): Promise<string> {
    const [, story, file] = FILE_PATH.exec(path) ?? [];
    if (story === undefined) return path;
    const token = await signToken(await this.keys.signingKey(ISSUER), { typ: TYPE, issuer: ISSUER, audience: AUDIENCE, subject: userId, lifetimeSeconds: LIFETIME_SECONDS, claims: { story, file } });
    return `${this.publicUrl.replace(/\/$/, '')}${path}?token=${token}`;
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
}
