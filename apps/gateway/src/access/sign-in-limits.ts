import type { Route } from '@selfos/contracts';
import { normalizeEmail } from '@selfos/crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { TooManySignIns } from '../gateway.errors.js';

/** So many tries in so many seconds. */
interface Quota {
  readonly tries: number;
  readonly seconds: number;
}

interface Quotas {
  /** Of one address, whoever it asks for. */
  readonly address: Quota;
  /** Of one address for one account; a success forgives what went before. */
  readonly account?: Quota;
}

/** An address is a household or an office; an account is one person, who forgets a password now and then. */
export const SIGN_IN_QUOTAS: Readonly<Record<string, Quotas>> = {
  login: { address: { tries: 100, seconds: 3_600 }, account: { tries: 10, seconds: 900 } },
  register: { address: { tries: 20, seconds: 3_600 }, account: { tries: 5, seconds: 3_600 } },
  refresh: { address: { tries: 600, seconds: 3_600 } },
};

/** An IPv6 household has a network, not an address. */
const V6_NETWORK_PARTS = 4;
const V6_PARTS = 8;

interface Bucket {
  readonly limiter: RateLimiterAbstract;
  readonly quota: Quota;
  readonly name: string;
}

/**
 * Slows down whoever guesses: tries to sign in, register and renew are counted by address, and by address and account. In Redis all
 * gateways count together; without one, or while it is away, each counts for itself. Names are kept as hashes only.
 */
export class SignInLimits {
  private readonly buckets = new Map<string, { readonly address: Bucket; readonly account: Bucket | undefined }>();

  constructor(redis: Redis | undefined, quotas: Readonly<Record<string, Quotas>> = SIGN_IN_QUOTAS) {
    for (const [route, { address, account }] of Object.entries(quotas)) {
      const bucket = (name: string, quota: Quota): Bucket => ({ name: `${route}-${name}`, quota, limiter: limiterOf(redis, `limit:${route}:${name}`, quota) });
      this.buckets.set(route, { address: bucket('address', address), account: account && bucket('account', account) });
    }
  }

  /** Counts a try; the returned function has to be called when it succeeded. @throws TooManySignIns with `Retry-After` and `RateLimit` set */
  async enter(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<() => void> {
    const buckets = this.buckets.get(route.name);
    if (buckets === undefined) return () => undefined;
    const address = networkOf(request.ip);
    await count(buckets.address, hashOf(address), reply);
    const { account } = buckets;
    const email = account && emailOf(request.body);
    if (account === undefined || email === undefined) return () => undefined;
    const key = hashOf(`${address} ${email}`);
    await count(account, key, reply);
    return () => void account.limiter.delete(key).catch(() => undefined);
  }
}

function limiterOf(redis: Redis | undefined, keyPrefix: string, { tries, seconds }: Quota): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix, points: tries, duration: seconds });
  if (redis === undefined) return memory;
  return new RateLimiterRedis({ storeClient: redis, keyPrefix, points: tries, duration: seconds, insuranceLimiter: memory, rejectIfRedisNotReady: true });
}

/** Headers as in draft-ietf-httpapi-ratelimit-headers-10. */
async function count({ limiter, quota, name }: Bucket, key: string, reply: FastifyReply): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    void reply.headers({ 'retry-after': String(seconds), 'ratelimit-policy': `"${name}";q=${quota.tries};w=${quota.seconds}`, ratelimit: `"${name}";r=0;t=${seconds}` });
    throw new TooManySignIns();
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Of an IPv6 address, however it is written (RFC 4291 §2.2), the network; any other address as it is. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip;
  const [before = [], after = []] = ip.split('::').map((side) => side.split(':').filter((part) => part !== ''));
  const zeros = Array.from({ length: Math.max(0, V6_PARTS - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].slice(0, V6_NETWORK_PARTS).join(':');
}

/** Of a body that nobody has checked yet. */
function emailOf(body: unknown): string | undefined {
  try {
    const parsed: unknown = body instanceof Uint8Array ? JSON.parse(Buffer.from(body).toString('utf8')) : body;
    const email: unknown = typeof parsed === 'object' && parsed !== null && 'email' in parsed ? parsed.email : undefined;
    return typeof email === 'string' ? normalizeEmail(email) : undefined;
  } catch {
    return undefined;
  }
}
