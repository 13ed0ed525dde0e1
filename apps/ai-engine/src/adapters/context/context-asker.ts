import { isUuid } from '@selfos/kernel';
import { currentContext } from '@selfos/observability';
import { z } from 'zod';
import { Asker, type AskingPerson } from '../../domain/ports/asker.js';

const claims = z.object({ tier: z.enum(['standard', 'premium', 'privacy']) });

/** The person of the current call. Their token was verified at the border; one that says no tier gets the one that asks least. */
export class ContextAsker extends Asker {
  override current(): AskingPerson {
    const { userId, userToken } = currentContext() ?? {};
    const tier = userToken === undefined ? 'standard' : tierOf(userToken);
    return userId !== undefined && isUuid(userId) ? { userId, tier } : { tier };
  }
}

function tierOf(token: string): AskingPerson['tier'] {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return claims.parse(payload).tier;
  } catch {
    return 'privacy';
  }
}
