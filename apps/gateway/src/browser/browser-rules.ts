import { CorsViolation, answerProblem } from '@selfos/http';
import type { Logger } from '@selfos/observability';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SECURITY_HEADERS } from './security-headers.js';

const ALLOWED_METHODS = 'GET, HEAD, POST, PATCH, DELETE, OPTIONS';
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, Range, X-Request-Id, X-App-Platform';
const EXPOSED_HEADERS = 'ETag, Idempotent-Replayed, X-Request-Id, Retry-After, Location, Content-Range, Accept-Ranges, RateLimit, RateLimit-Policy';
const PREFLIGHT_SECONDS = '600';

/**
 * Puts the security headers on every answer and admits exactly the origins of the list and our own: no reflection, no `null`. Our
 * own is where clients reach us, or the scheme and host of the request itself.
 */
export function applyBrowserRules(server: FastifyInstance, rules: { readonly origins: readonly string[]; readonly publicUrl: string; readonly logger: Logger }): void {
  const publicOrigin = new URL(rules.publicUrl).origin;
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...SECURITY_HEADERS, vary: 'Origin' });
    const { origin } = request.headers;
    const own = origin === undefined || origin === publicOrigin || origin === `${request.protocol}://${request.host}`;
    if (!own && !rules.origins.includes(origin)) return answerProblem(new CorsViolation(), { request, reply, logger: rules.logger });
    if (!own) admit(reply, origin);
    return request.method === 'OPTIONS' ? preflight(reply) : undefined;
  });
}

function admit(reply: FastifyReply, origin: string): void {
  void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED_HEADERS, 'cross-origin-resource-policy': 'cross-origin' });
}

function preflight(reply: FastifyReply): FastifyReply {
  return reply
    .headers({ allow: ALLOWED_METHODS, 'access-control-allow-methods': ALLOWED_METHODS, 'access-control-allow-headers': ALLOWED_HEADERS, 'access-control-max-age': PREFLIGHT_SECONDS })
    .code(204)
    .send();
}
