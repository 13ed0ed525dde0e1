import OpenAI from 'openai';
import { faultOfStatus, isHangUp, ModelFault, retryAfterMs } from '../../domain/model/chat-model.js';

/** Of two meanings of 429, one passes and one does not: a quota that is used up comes back with money, not with time. */
export function faultOf(error: unknown, signal: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  if (signal.aborted || error instanceof OpenAI.APIConnectionTimeoutError) return new ModelFault('timeout', undefined, { cause: error });
  if (error instanceof OpenAI.APIConnectionError) return new ModelFault('unavailable', undefined, { cause: error });
  if (!(error instanceof OpenAI.APIError)) return new ModelFault(isHangUp(error) ? 'cut' : 'malformed', undefined, { cause: error });
  const status = error.status as number | undefined;
  const kind = error.code === 'insufficient_quota' ? 'quota' : status === undefined ? 'unavailable' : faultOfStatus(status);
  return new ModelFault(kind, retryAfterMs((error.headers as Headers | undefined)?.get('retry-after')), { cause: error });
}
