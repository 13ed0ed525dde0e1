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

/** Signs what this service says of itself: EdDSA tokens that live a minute. */
export class ServiceTokens {
  private key: Promise<SigningJwk> | undefined;

  constructor(
    private readonly service: ServiceName,
    private readonly keys: KeyFolder,
  ) {}

  /** The token of one call. It names a person (`act_for`) only when an event or a job of that person is the cause. */
  async forCall(call: CallToSign): Promise<string> {
    const { context } = call;
    const actsFor = context?.userToken === undefined && context?.userId !== undefined && isDeferred(context.cause.kind);
    return signToken(await this.signingKey(), {
      typ: SERVICE_TOKEN,
      issuer: this.service,
      audience: call.to,
      id: uuidv7(),
      lifetimeSeconds: SERVICE_TOKEN_SECONDS,
      claims: { htm: call.method, htu: call.path, ...(actsFor ? { act_for: context.userId, cause: context.cause } : {}) },
    });
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

  private signingKey(): Promise<SigningJwk> {
    this.key ??= this.keys.signingKey(this.service);
    return this.key;
  }
}

function isDeferred(kind: CallContext['cause']['kind']): boolean {
  return kind === 'event' || kind === 'job';
}
