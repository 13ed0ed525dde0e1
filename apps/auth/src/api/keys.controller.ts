import { Controller } from '@nestjs/common';
import { routes, type ServiceName } from '@selfos/contracts';
import { domainKeyId, toBase64Url, wipe } from '@selfos/crypto';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { TokenIssuer } from '../domain/ports/token-issuer.js';
import { ProvideDomainKey } from '../domain/use-cases/provide-domain-key.js';
import { CallingService } from './caller.js';

@Controller()
export class KeysController {
  constructor(
    private readonly providing: ProvideDomainKey,
    private readonly issuer: TokenIssuer,
  ) {}

  @Route(routes.jwks)
  jwks(): AnswerOf<typeof routes.jwks> {
    return { keys: this.issuer.jwks().keys.map((key) => ({ ...key })) };
  }

  @Route(routes.domainKey)
  async domainKey(@Input() { userId, body }: InputOf<typeof routes.domainKey>, @CallingService() service: ServiceName | undefined): Promise<AnswerOf<typeof routes.domainKey>> {
    const key = await this.providing.execute(userId, { service, ...body });
    const answer = { kid: domainKeyId(body.domain, body.epoch), epoch: body.epoch, key: toBase64Url(key) };
    wipe(key);
    return answer;
  }
}
