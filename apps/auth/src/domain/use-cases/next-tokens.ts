import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Accounts } from './accounts.js';
import { IssueTokens, type Tokens } from './issue-tokens.js';

/** The next tokens of a person's session. */
@Injectable()
export class NextTokens {
  constructor(
    private readonly accounts: Accounts,
    private readonly tokens: IssueTokens,
  ) {}

  async execute(userId: Uuid, sessionId: Uuid): Promise<Tokens> {
    return this.tokens.execute(await this.accounts.get(userId), sessionId);
  }
}
