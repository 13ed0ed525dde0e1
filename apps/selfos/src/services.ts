import * as auth from '@selfos/auth';
import * as gateway from '@selfos/gateway';
import * as memory from '@selfos/memory';
import * as storyEngine from '@selfos/story-engine';
import type { ServicePart } from './start/service-part.js';

/** Every service that this process runs. */
export const services: readonly ServicePart[] = [auth, memory, storyEngine, gateway];
