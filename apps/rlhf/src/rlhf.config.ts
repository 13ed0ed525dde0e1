import { commonConfig, type ConfigOf } from '@selfos/config';

/** Nothing beyond what every service reads. */
export const configSchema = commonConfig;

export type RlhfConfig = ConfigOf<typeof configSchema>;
