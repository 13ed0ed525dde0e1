import type { Contract } from '@selfos/contracts';
import { InvalidRequest, invalidRequest, issuesOf, parseStrictJson } from '@selfos/http';
import type { FastifyReply } from 'fastify';
import { SealedRequired } from '../gateway.errors.js';
import type { Passage } from '../forward/handling.js';
import type { PassThrough } from '../forward/pass-through.js';

/** Under the policy `required`: a body must be sealed already, and then goes on byte for byte as the client made it. */
export class GuardWay {
  constructor(private readonly pass: PassThrough) {}

  async carry(passage: Passage): Promise<FastifyReply> {
    const bytes = passage.request.body;
    if (!(bytes instanceof Uint8Array) || passage.route.body === undefined) throw new InvalidRequest();
    refusePlain(passage.route.body, parseStrictJson(bytes));
    return this.pass.carry(passage);
  }
}

function refusePlain(contract: Contract, body: unknown): void {
  const inner = contract.inner.safeParse(body);
  if (inner.success) return;
  if (contract.plain.safeParse(body).success) throw new SealedRequired({ issues: issuesOf(inner.error, '') });
  throw invalidRequest(issuesOf(inner.error, ''));
}
