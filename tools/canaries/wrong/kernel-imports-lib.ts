import { loadConfig } from '@selfos/config';

export const load = loadConfig;
