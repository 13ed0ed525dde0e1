import type { ServiceName } from '@selfos/contracts';
import { KeyFolder, signToken, type SigningJwk } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import type { CallContext } from '@selfos/observability';
import { SERVICE_TOKEN, SERVICE_TOKEN_SECONDS, USER_TOKEN, USER_TOKEN_AUDIENCE } from './token-kinds.js';

/** One call, as its token binds it: to whom, which method and path, and for whom when no person's request is behind it. */
export interface CallToSign {
  readonly to: ServiceName;
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly context: CallContext | undefined;
}

/** What the gateway says of the person behind a request. */
export interface PersonToSign {
  readonly userId: string;
  readonly sessionId: string;
  readonly permissions: readonly string[];
  readonly tier: string;
  readonly lifetimeSeconds: number;
}

/** A token is used again for the same call while it has at least this long to live. */
const LEAST_LEFT_MS = 30_000;
const MAX_KEPT = 1_000;

/** Signs what this service says of itself: EdDSA tokens that live a minute. */
export class ServiceTokens {
  private key: Promise<SigningJwk> | undefined;
  private readonly kept = new Map<string, { readonly token: string; readonly expiresAt: number }>();

  constructor(
    private readonly service: ServiceName,
    private readonly keys: KeyFolder,
  ) {}

  /** The token of one call. It names a person (`act_for`) only when an event or a job of that person is the cause. */
  async forCall(call: CallToSign): Promise<string> {
    const { context } = call;
    if (context?.userToken === undefined && context?.userId !== undefined && isDeferred(context.cause.kind)) {
      return this.sign(call, { act_for: context.userId, cause: context.cause });
    }
    const id = `${call.to} ${call.method} ${call.path}`;
    const known = this.kept.get(id);
    if (known !== undefined && known.expiresAt - Date.now() > LEAST_LEFT_MS) return known.token;
    const token = await this.sign(call, {});
    this.kept.delete(id);
    this.kept.set(id, { token, expiresAt: Date.now() + SERVICE_TOKEN_SECONDS * 1000 });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return token;
  }

  /** The transaction token of a person; only the gateway's is believed. */
  async forPerson(person: PersonToSign): Promise<string> {
    return signToken(await this.signingKey(), {
      typ: USER_TOKEN,
      issuer: this.service,
      audience: USER_TOKEN_AUDIENCE,
      subject: person.userId,
      id: uuidv7(),
      lifetimeSeconds: person.lifetimeSeconds,
      claims: { sid: person.sessionId, scope: person.permissions.join(' '), tier: person.tier },
    });
  }

  /** Makes or reads the key now, so that a folder that cannot be used is found at start. */
  async prepare(): Promise<void> {
    await this.signingKey();
  }

  private async sign(call: CallToSign, claims: Readonly<Record<string, unknown>>): Promise<string> {
    return signToken(await this.signingKey(), {
      typ: SERVICE_TOKEN,
      issuer: this.service,
      audience: call.to,
      id: uuidv7(),
      lifetimeSeconds: SERVICE_TOKEN_SECONDS,
      claims: { htm: call.method, htu: call.path, ...claims },
    });
  }

  private signingKey(): Promise<SigningJwk> {
    this.key ??= this.keys.signingKey(this.service);
    return this.key;
  }
}

function isDeferred(kind: CallContext['cause']['kind']): boolean {
  return kind === 'event' || kind === 'job';
}
