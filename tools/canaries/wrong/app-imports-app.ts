import { manifest } from '@selfos/notify';

export const other = manifest;
