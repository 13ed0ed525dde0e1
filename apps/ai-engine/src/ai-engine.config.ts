import { commonConfig, type ConfigOf, defineConfig } from '@selfos/config';

/** This service's environment: what every service reads. */
export const configSchema = defineConfig({ ...commonConfig });

export type AiEngineConfig = ConfigOf<typeof configSchema>;
