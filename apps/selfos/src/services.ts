import * as aiEngine from '@selfos/ai-engine';
import * as auth from '@selfos/auth';
import * as backend from '@selfos/backend';
import * as gateway from '@selfos/gateway';
import * as memory from '@selfos/memory';
import * as notify from '@selfos/notify';
import * as rlhf from '@selfos/rlhf';
import * as storyEngine from '@selfos/story-engine';
import type { ServicePart } from './start/service-part.js';

/** Every service that this process runs. */
export const services: readonly ServicePart[] = [auth, backend, memory, aiEngine, storyEngine, notify, rlhf, gateway];
