import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestState } from '@selfos/http';

/** Injects the name of the service that calls, proven by its token; undefined when none does. */
export const CallingService: () => ParameterDecorator = createParamDecorator((_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<{ selfos: RequestState | null }>().selfos?.caller?.service);
